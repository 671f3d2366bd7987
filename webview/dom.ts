/**
 * Small helpers around the DOM. Panels build their elements once and only change text and attributes
 * afterwards, and only when the value differs: nothing reflows, nothing loses focus.
 */

/** What an element starts with. */
export interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Creates an element with its class, text, attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  options: ElementOptions = {},
  children: readonly Node[] = [],
): HTMLElementTagNameMap[Tag] {
  const created = document.createElement(tag);
  if (options.class !== undefined) created.className = options.class;
  if (options.text !== undefined) created.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) created.setAttribute(name, value);
  created.append(...children);
  return created;
}

/** Sets the text of a node if it differs. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

/** Sets or removes (null) an attribute if it differs. */
export function setAttribute(target: Element, name: string, value: string | null): void {
  if (target.getAttribute(name) === value) return;
  if (value === null) target.removeAttribute(name);
  else target.setAttribute(name, value);
}

/** Shows an element if there is something to show. */
export function showIf(target: HTMLElement, condition: unknown): void {
  const hidden = !condition;
  if (target.hidden !== hidden) target.hidden = hidden;
}

/** A codicon; decoration only, so assistive technology skips it. */
export function icon(name: string): HTMLElement {
  return element('span', { class: `codicon codicon-${name}`, attributes: { 'aria-hidden': 'true' } });
}

/** Changes a codicon in place. */
export function setIcon(target: HTMLElement, name: string): void {
  const value = `codicon codicon-${name}`;
  if (target.className !== value) target.className = value;
}

/** Coalesces calls into one per animation frame. */
export function oncePerFrame(action: () => void): () => void {
  let isScheduled = false;
  return () => {
    if (isScheduled) return;
    isScheduled = true;
    requestAnimationFrame(() => {
      isScheduled = false;
      action();
    });
  };
}

/** Runs an action once calls have stopped coming for so many milliseconds. */
export function onceSettled(action: () => void, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
