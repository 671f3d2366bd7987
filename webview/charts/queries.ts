/**
 * The standing questions of the charts in view. Each has an id; another set of lines or another axis is another
 * question with another id, so that a late answer to the former is recognised; another range changes the question.
 */
import type { ChartAnswer, ChartQuery } from '../../src/domain/series/query';
import type { QueryAnswer, QueryMessage } from '../../src/protocol/chart';

/** One chart's question. */
export interface Question {
  /** Asks, or changes what is asked; the same again asks nothing. */
  ask(query: ChartQuery): void;
  close(): void;
}

/** Told with an answer, and whether it is the first to this set of lines and this axis. */
export type OnAnswer = (answer: ChartAnswer, isFirst: boolean) => void;

interface Standing {
  readonly onAnswer: OnAnswer;
  query: ChartQuery | undefined;
  id: number | undefined;
  isFirst: boolean;
}

/** All questions of the page. */
export class Queries {
  readonly #post: (message: QueryMessage) => void;
  readonly #standing = new Set<Standing>();
  readonly #byId = new Map<number, Standing>();
  #nextId = 1;

  constructor(post: (message: QueryMessage) => void) {
    this.#post = post;
  }

  /** A question that is not asked yet. */
  open(onAnswer: OnAnswer): Question {
    const standing: Standing = { onAnswer, query: undefined, id: undefined, isFirst: true };
    this.#standing.add(standing);
    return {
      ask: (query) => this.#ask(standing, query),
      close: () => {
        this.#standing.delete(standing);
        this.#withdraw(standing);
      },
    };
  }

  /** Hands answers to whoever asked; those that nobody waits for are dropped. */
  take(answers: readonly QueryAnswer[]): void {
    for (const each of answers) this.#answer(each);
  }

  #answer({ id, answer }: QueryAnswer): void {
    const standing = this.#byId.get(id);
    if (!standing) return;
    const { isFirst } = standing;
    standing.isFirst = false;
    standing.onAnswer(answer, isFirst);
  }

  /** Asks everything again: the host has forgotten it. */
  restart(): void {
    this.#byId.clear();
    for (const standing of this.#standing) {
      standing.id = undefined;
      if (standing.query) this.#send(standing, standing.query);
    }
  }

  #ask(standing: Standing, query: ChartQuery): void {
    const before = standing.query;
    if (before && sameQuery(before, query)) return;
    if (before && !sameLines(before, query)) this.#withdraw(standing);
    standing.query = query;
    this.#send(standing, query);
  }

  #send(standing: Standing, query: ChartQuery): void {
    if (standing.id === undefined) {
      standing.id = this.#nextId++;
      standing.isFirst = true;
      this.#byId.set(standing.id, standing);
    }
    this.#post({ type: 'watch', id: standing.id, query: mutable(query) });
  }

  #withdraw(standing: Standing): void {
    if (standing.id === undefined) return;
    this.#byId.delete(standing.id);
    this.#post({ type: 'unwatch', id: standing.id });
    standing.id = undefined;
  }
}

function sameQuery(a: ChartQuery, b: ChartQuery): boolean {
  return (
    sameLines(a, b) && a.pixels === b.pixels && a.range?.[0] === b.range?.[0] && a.range?.[1] === b.range?.[1]
  );
}

/** Whether answers to one go on from answers to the other. */
function sameLines(a: ChartQuery, b: ChartQuery): boolean {
  const shape = ({ lines, groups, axis, smoothing, band }: ChartQuery) =>
    JSON.stringify([lines, groups, axis, smoothing, band]);
  return shape(a) === shape(b);
}

function mutable({ lines, groups, range, ...rest }: ChartQuery) {
  return {
    ...rest,
    lines: lines.map((line) => ({ ...line })),
    groups: groups.map((group) => ({ ...group, runs: [...group.runs] })),
    range: range ? ([range[0], range[1]] as [number, number]) : null,
  };
}
