/** The head of the page: what it is, and what can be done with all of it. */
import { element, icon } from '../dom';
import type { PageMessage } from '../../src/protocol/pages/diff';
import { createButton } from '../toolkit';

export interface HeadOptions {
  readonly all: boolean;
  readonly post: (message: PageMessage) => void;
  readonly setAll: (all: boolean) => void;
}

/** Creates the head. */
export function createHead({ all: before, post, setAll }: HeadOptions): HTMLElement {
  let all = before;
  const toggle = element('button', { class: 'toggle', attributes: { type: 'button' } }, [
    icon('unfold'),
    element('span', { text: 'Show all' }),
  ]);
  const press = () => toggle.setAttribute('aria-pressed', String(all));
  toggle.addEventListener('click', () => {
    all = !all;
    press();
    setAll(all);
  });
  press();
  const copy = createButton('Copy as Markdown', 'copy', 'secondary');
  copy.addEventListener('click', () => post({ type: 'copyMarkdown', all }));
  const refresh = createButton('Refresh', 'refresh', 'secondary');
  refresh.addEventListener('click', () => post({ type: 'refresh' }));
  const actions = element('div', { class: 'actions' }, [toggle, copy, refresh]);
  return element('header', { class: 'diff-head' }, [element('h1', { text: 'Comparison' }), actions]);
}
