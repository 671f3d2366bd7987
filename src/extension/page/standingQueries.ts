/**
 * The standing queries of one page, and their answers: these wait here until there is room for them, and leave together,
 * because the way to a page costs more than a few further numbers. A query gets its next answer when the page has taken
 * the one before, so a slow page gets fewer and larger ones.
 */
import type { ChartQuery } from '../../domain/series/query';
import type { QueryAnswer, WatchMessage } from '../../protocol/chart';
import type { ChartWatch, Numbers } from '../../runs/numbers/numbers';

/** Answers on their way to the page that asked. */
export interface QueryAnswers {
  readonly type: 'answers';
  readonly answers: readonly QueryAnswer[];
}

interface Waiting {
  readonly answer: QueryAnswer;
  readonly taken: () => void;
}

/** What one message holds, so that a page that opens draws its first charts while the others are on their way. */
const MOST_BUCKETS = 4096;

/** All queries of a page. */
export class StandingQueries {
  readonly #numbers: Pick<Numbers, 'watch'>;
  readonly #onAnswer: () => void;
  readonly #watches = new Map<number, ChartWatch>();
  #waiting: Waiting[] = [];

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
        this.#numbers.watch(allowed, (answer) => this.#queue({ id, answer })),
      );
  }

  /** Ends a query; what it was answered and nobody took is dropped. */
  withdraw(id: number): void {
    this.#watches.get(id)?.dispose();
    this.#watches.delete(id);
    const dropped = this.#waiting.filter(({ answer }) => answer.id === id);
    this.#waiting = this.#waiting.filter(({ answer }) => answer.id !== id);
    for (const { taken } of dropped) taken();
  }

  /** Ends all queries. */
  forget(): void {
    for (const watch of this.#watches.values()) watch.dispose();
    this.#watches.clear();
    for (const { taken } of this.#waiting.splice(0)) taken();
  }

  /** The answers that have waited longest, as many as one message may hold. */
  take(): QueryAnswers | undefined {
    const leaving = this.#waiting.splice(0, countThatFits(this.#waiting));
    // Taken when they are on their way: the next answers may be prepared while these travel.
    for (const { taken } of leaving) taken();
    return leaving.length === 0
      ? undefined
      : { type: 'answers', answers: leaving.map(({ answer }) => answer) };
  }

  /** Resolves when the page has taken it, or when nobody waits for it any more. */
  #queue(answer: QueryAnswer): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ answer, taken: resolve });
      this.#onAnswer();
    });
  }
}

/** At least one, however large it is. */
function countThatFits(waiting: readonly Waiting[]): number {
  let buckets = 0;
  const tooMany = waiting.findIndex(({ answer }) => (buckets += bucketsOf(answer)) > MOST_BUCKETS);
  return tooMany < 0 ? waiting.length : Math.max(1, tooMany);
}

function bucketsOf({ answer: { lines, bands } }: QueryAnswer): number {
  return [...lines, ...bands].reduce((sum, { window }) => sum + window.x.length, 0);
}

function keptTo(runs: ReadonlySet<string>, query: ChartQuery): ChartQuery {
  return {
    ...query,
    lines: query.lines.filter(({ run }) => runs.has(run)),
    groups: query.groups.map((group) => ({ ...group, runs: group.runs.filter((run) => runs.has(run)) })),
  };
}
