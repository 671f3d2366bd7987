/**
 * Neighbours of many samples, for a file: the host is asked for a few at a time, so that whoever points at a sample meanwhile
 * does not wait, and what has come is kept here, because the page forgets old lists.
 */
import type { Neighbourhood, NeighbourQuestion } from './neighbourhood';
import type { NeighbourList } from './neighbours';
import type { Place } from './partners';

/** Questions that the host has at once. */
export const MOST_OPEN = 16;

/** Lists of neighbours on their way. */
export class NeighbourCollector {
  readonly #found = new Map<string, NeighbourList>();
  readonly #open = new Set<NeighbourQuestion>();
  #asked = 0;

  constructor(
    private readonly questions: readonly NeighbourQuestion[],
    private readonly neighbourhood: Pick<Neighbourhood, 'find' | 'ask'>,
  ) {}

  /** How many lists are here. */
  get count(): number {
    return this.#found.size;
  }

  get total(): number {
    return this.questions.length;
  }

  /** Takes in what has come and asks for more; true once everything is here. */
  goOn(): boolean {
    for (const question of this.#open) this.#take(question);
    while (this.#open.size < MOST_OPEN) {
      const next = this.questions[this.#asked];
      if (next === undefined) break;
      this.#asked++;
      if (this.#take(next)) continue;
      this.#open.add(next);
      this.neighbourhood.ask(next);
    }
    return this.#open.size === 0;
  }

  /** The list of a sample that was asked about. */
  listOf(place: Place): NeighbourList | undefined {
    return this.#found.get(keyOf(place));
  }

  #take(question: NeighbourQuestion): boolean {
    const list = this.neighbourhood.find(question);
    // What was asked for the card is shorter.
    if (list === undefined || list.k < question.k) return false;
    this.#found.set(keyOf(question), list);
    this.#open.delete(question);
    return true;
  }
}

function keyOf({ pane, row }: Place): string {
  return `${pane}/${row}`;
}
