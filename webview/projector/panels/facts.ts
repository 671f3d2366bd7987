/** Figures as a list of names and values; what each means is its tooltip, and what is not to be trusted has a sign. */
import { element, icon } from '../../dom';
import type { Fact } from '../state/words';

/** The list. */
export function factList(facts: readonly Fact[]): HTMLElement {
  return element('dl', { class: 'facts' }, facts.map(factOf));
}

function factOf({ name, value, meaning, isWarning }: Fact): HTMLElement {
  const sign =
    isWarning === true ? [icon('warning'), element('span', { class: 'unseen', text: meaning })] : [];
  const root = element('div', { class: isWarning === true ? 'fact is-warning' : 'fact' }, [
    element('dt', { class: 'quiet', text: name }),
    element('dd', { class: 'number' }, [...sign, document.createTextNode(value)]),
  ]);
  root.title = meaning;
  return root;
}
