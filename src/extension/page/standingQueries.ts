/**
 * The standing queries of one page, and their answers: these wait here until there is room for them, and a query gets
 * its next answer when the page has taken the one before, so a slow page gets fewer and larger ones.
 */
import type { ChartAnswer, ChartQuery } from '../../domain/series/query';
import type { WatchMessage } from '../../protocol/chart';
import type { ChartWatch, Numbers } from '../../runs/numbers/numbers';

/** An answer on its way to the page that asked. */
export interface QueryAnswer {
  readonly type: 'answer';
  readonly id: number;
  readonly answer: ChartAnswer;
}

/** All queries of a page. */
export class StandingQueries {
  readonly #numbers: Pick<Numbers, 'watch'>;
  readonly #onAnswer: () => void;
  readonly #watches = new Map<number, ChartWatch>();
  #waiting: { readonly message: QueryAnswer; readonly taken: () => void }[] = [];

  /** @param onAnswer called when `take` has something to give */
  constructor(numbers: Pick<Numbers, 'watch'>, onAnswer: () => void) {
    this.#numbers = numbers;
    this.#onAnswer = onAnswer;
  }

  /** Asks, or changes the query of that id. It is kept to `runs`: a page cannot make the host read anything else. */
  ask({ id, query }: WatchMessage, runs: ReadonlySet<string>): void {
    const allowed = keptTo(runs, query);
    const present = this.#watches.get(id);
    if (present) present.change(allowed);
    else
      this.#watches.set(
        id,
        this.#numbers.watch(allowed, (answer) => this.#queue({ type: 'answer', id, answer })),
      );
  }

  /** Ends a query; what it was answered and nobody took is dropped. */
  withdraw(id: number): void {
    this.#watches.get(id)?.dispose();
    this.#watches.delete(id);
    const dropped = this.#waiting.filter(({ message }) => message.id === id);
    this.#waiting = this.#waiting.filter(({ message }) => message.id !== id);
    for (const { taken } of dropped) taken();
  }

  /** Ends all queries. */
  forget(): void {
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
    for (const { taken } of this.#waiting.splice(0)) taken();
  }

  /** The answer that has waited longest. */
  take(): QueryAnswer | undefined {
    const waiting = this.#waiting.shift();
    // Taken when it is on its way: the next answer may be prepared while this one travels.
    waiting?.taken();
    return waiting?.message;
  }

  /** Resolves when the page has taken it, or when nobody waits for it any more. */
  #queue(message: QueryAnswer): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ message, taken: resolve });
      this.#onAnswer();
    });
  }
}

function keptTo(runs: ReadonlySet<string>, query: ChartQuery): ChartQuery {
  return {
    ...query,
    lines: query.lines.filter(({ run }) => runs.has(run)),
    groups: query.groups.map((group) => ({ ...group, runs: group.runs.filter((run) => runs.has(run)) })),
  };
}
