/** What all sections have: a heading with its state, what went wrong, and equal rows folded into one line. */
import { element, icon } from '../dom';

export interface SectionOptions {
  readonly title: string;
  /** The state of the section as a whole, for example `differs in 2 of 41`. */
  readonly summary: string;
  readonly problems: readonly string[];
}

/** A section with its heading; `children` follow it. */
export function createSection(
  { title, summary, problems }: SectionOptions,
  children: readonly HTMLElement[],
): HTMLElement {
  // A section of nothing but folded rows is one line.
  const [first, ...others] = children;
  const isFolded = summary === '' && first?.classList.contains('fold') === true;
  const state = isFolded ? first : element('span', { class: 'quiet', text: summary });
  const heading = element('div', { class: 'section-heading' }, [element('h2', { text: title }), state]);
  const notices = problems.map((text) =>
    element('p', { class: 'notice', attributes: { 'data-tone': 'warning' } }, [
      icon('warning'),
      element('span', { text }),
    ]),
  );
  return element('section', { class: 'section', attributes: { 'aria-label': title } }, [
    heading,
    ...notices,
    ...(isFolded ? others : children),
  ]);
}

/** A long name that may break behind its signs. */
export function breakable(text: string): Node[] {
  const parts = text.split(/(?<=[/_.])/);
  return parts.flatMap((part, i) =>
    i === 0 ? [document.createTextNode(part)] : [element('wbr'), document.createTextNode(part)],
  );
}

/** A table in the grid of columns, named for assistive technology; its heads are the page's own. */
export function createTable(
  label: string,
  heads: readonly string[],
  rows: readonly HTMLTableRowElement[],
): HTMLTableElement {
  const cells = ['', ...heads].map((text) =>
    element('th', { class: 'hidden-head', text, attributes: { scope: 'col' } }),
  );
  const head = element('thead', {}, [element('tr', {}, cells)]);
  return element('table', { class: 'diff-table', attributes: { 'aria-label': label } }, [
    head,
    element('tbody', {}, rows),
  ]);
}

/** A line that stands for folded rows and unfolds them; nothing where there are none. */
export function foldLine(text: string, count: number, rows: () => readonly HTMLElement[]): HTMLElement[] {
  if (count === 0) return [];
  const chevron = icon('chevron-right');
  const button = element(
    'button',
    { class: 'fold', attributes: { type: 'button', 'aria-expanded': 'false' } },
    [chevron, element('span', { text })],
  );
  const place = element('div', { class: 'folded' });
  place.hidden = true;
  button.addEventListener('click', () => {
    if (place.childElementCount === 0) place.append(...rows());
    place.hidden = !place.hidden;
    button.setAttribute('aria-expanded', String(!place.hidden));
    chevron.className = `codicon codicon-chevron-${place.hidden ? 'right' : 'down'}`;
  });
  return [button, place];
}
