/**
 * The pictures of changed samples: places in the lists that are filled when the host has read them, which takes seconds.
 * They are asked for once a column and kept when the lists are drawn anew.
 */
import type { ChangedSample, SamplesDiff } from '../../src/domain/diff/runDiff';
import type { PicturesMessage } from '../../src/protocol/pages/diff';
import { element, setText, showIf } from '../dom';
import { pictureAt } from '../pixels';

/** The places for the pictures of one list. */
export interface Shelf {
  /** Says why there are no pictures; hidden until that is known. */
  readonly note: HTMLElement;
  /** The place of a sample's picture. */
  place(sample: ChangedSample): HTMLElement;
}

interface Asked {
  readonly column: number;
  /** What the pictures are of: they are asked for anew when it changes. */
  readonly ids: string;
  answer: PicturesMessage | undefined;
  fill: () => void;
}

/** The pictures of the page. */
export class Pictures {
  readonly #ask: (column: number) => void;
  readonly #asked = new Map<string, Asked>();

  /** @param ask asks the host for the pictures of a column */
  constructor(ask: (column: number) => void) {
    this.#ask = ask;
  }

  /** Places for a list of samples of a run, filled when there is something to fill them with. */
  shelfOf(run: string, { column, shown }: SamplesDiff): Shelf {
    const asked = this.#askedOf(run, column, JSON.stringify(shown.map(({ id }) => id)));
    const note = element('p', { class: 'quiet samples-note' });
    const places = new Map<string, HTMLElement>();
    asked.fill = () => {
      const { answer } = asked;
      setText(note, answer?.problem ?? '');
      showIf(note, answer !== undefined && answer.problem !== '');
      for (const [id, place] of places) fillPlace(place, id, answer);
    };
    asked.fill();
    return {
      note,
      place: ({ id }) => {
        const place = element('span', { class: 'sample-picture' });
        places.set(id, place);
        fillPlace(place, id, asked.answer);
        return place;
      },
    };
  }

  /** Fills the places of a column. */
  take(message: PicturesMessage): void {
    const ids = JSON.stringify(message.ids);
    for (const asked of this.#asked.values()) {
      if (asked.column !== message.column || asked.ids !== ids) continue;
      asked.answer = message;
      asked.fill();
    }
  }

  #askedOf(run: string, column: number, ids: string): Asked {
    const known = this.#asked.get(run);
    if (known?.column === column && known.ids === ids) return known;
    const asked: Asked = { column, ids, answer: undefined, fill: () => undefined };
    this.#asked.set(run, asked);
    if (ids !== '[]') this.#ask(column);
    return asked;
  }
}

function fillPlace(place: HTMLElement, id: string, answer: PicturesMessage | undefined): void {
  showIf(place, answer?.problem !== undefined && answer.problem === '');
  const at = answer?.ids.indexOf(id) ?? -1;
  if (answer === undefined || at < 0 || place.childElementCount > 0 || answer.problem !== '') return;
  place.append(pictureAt(answer, at, answer.ids.length));
}
