/** A text that is cut in the middle by two spans, of which only the first may shrink: its end tells variants apart. */
import { element, setText } from './dom';

/** Characters at the end of a name that are never cut: they tell seeds and variants apart. */
const TAIL_CHARACTERS = 12;
/** A shorter head could be cut to nothing that says that it is cut: such a name is cut at its end. */
const LEAST_HEAD_CHARACTERS = 4;

/** The spans, for an element that lays its children out in a row. */
export interface CutText {
  readonly spans: readonly [head: HTMLElement, tail: HTMLElement];
  show(text: string): void;
}

/** Creates the spans. */
export function createCutText(): CutText {
  const head = element('span', { class: 'cut-head' });
  const tail = element('span', { class: 'cut-tail' });
  return {
    spans: [head, tail],
    show: (text) => {
      const characters = Array.from(text);
      const cut = characters.length - TAIL_CHARACTERS;
      const at = cut < LEAST_HEAD_CHARACTERS ? characters.length : cut;
      setText(head, characters.slice(0, at).join(''));
      setText(tail, characters.slice(at).join(''));
    },
  };
}
