/** A button that opens a menu below it; arrow keys move, Escape and a click elsewhere close, as the editor's menus do. */
import { element, setAttribute } from './dom';

/** One entry. */
export interface MenuEntry {
  readonly label: string;
  /** For an entry that is on or off. */
  readonly isChecked?: boolean;
  run(): void;
}

/** Creates the button; entries are asked for at each opening. */
export function createMenuButton(
  label: string,
  iconName: string,
  entries: () => readonly MenuEntry[],
): HTMLElement {
  const button = element('button', {
    class: `icon-button codicon codicon-${iconName}`,
    attributes: { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': label },
  });
  button.title = label;
  const list = element('div', { class: 'menu', attributes: { role: 'menu', 'aria-label': label } });
  list.hidden = true;
  const root = element('div', { class: 'menu-anchor' }, [button, list]);
  const close = () => {
    list.hidden = true;
    setAttribute(button, 'aria-expanded', 'false');
  };
  const open = () => {
    list.replaceChildren(...entries().map((entry) => createEntry(entry, close, button)));
    list.hidden = false;
    setAttribute(button, 'aria-expanded', 'true');
    (list.firstElementChild as HTMLElement | null)?.focus();
  };
  button.addEventListener('click', () => (list.hidden ? open() : close()));
  list.addEventListener('keydown', (event) => moveFocus(event, list, () => leave(close, button)));
  root.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node) || !root.contains(event.relatedTarget)) close();
  });
  return root;
}

function createEntry(entry: MenuEntry, close: () => void, button: HTMLElement): HTMLElement {
  const { label, isChecked } = entry;
  const role = isChecked === undefined ? 'menuitem' : 'menuitemcheckbox';
  const item = element('button', { text: label, attributes: { type: 'button', role, tabindex: '-1' } });
  if (isChecked !== undefined) item.setAttribute('aria-checked', String(isChecked));
  item.addEventListener('click', () => {
    leave(close, button);
    entry.run();
  });
  return item;
}

function leave(close: () => void, button: HTMLElement): void {
  button.focus();
  close();
}

function moveFocus(event: KeyboardEvent, list: HTMLElement, escape: () => void): void {
  const items = [...list.querySelectorAll<HTMLElement>('button')];
  const at = items.findIndex((item) => item === document.activeElement);
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: (at + 1) % items.length,
    ArrowUp: (at - 1 + items.length) % items.length,
    Home: 0,
    End: items.length - 1,
  };
  const target = targets[event.key];
  if (event.key === 'Escape') escape();
  else if (target !== undefined) items[target]?.focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}
