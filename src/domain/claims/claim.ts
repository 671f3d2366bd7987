/**
 * A claim of the paper as an experiment: arms that differ in a few keys, and contrasts that the paper orders. A
 * sweep runs every arm with the same seeds; the verdict comes from the differences and their intervals alone.
 */
import type { MetricName } from '../run/metrics';
import type { Changes } from '../sweep/expand';

/** One way of training. */
export interface Arm {
  readonly name: string;
  readonly changes: Changes;
  /** Arms of one family are settings of one method, for claims about its spread. */
  readonly family?: string;
}

/** Two arms in the order that the paper gives them. */
export interface Ordering {
  readonly kind: 'ordering';
  readonly better: string;
  readonly worse: string;
  readonly metric: MetricName;
  /** What the paper reports, with its place. */
  readonly paper: string;
}

/** Two figures of one arm in the order that the paper gives them. */
export interface FigureOrdering {
  readonly kind: 'figures';
  readonly arm: string;
  readonly better: MetricName;
  readonly worse: MetricName;
  readonly paper: string;
}

/** Two families of arms, of which the paper says that the first depends less on its setting. */
export interface Spread {
  readonly kind: 'spread';
  readonly narrower: string;
  readonly wider: string;
  readonly metric: MetricName;
  readonly paper: string;
}

export type Contrast = Ordering | FigureOrdering | Spread;

export interface Claim {
  /** What is typed after `supcon reproduce`. */
  readonly name: string;
  /** The claim in one sentence. */
  readonly sentence: string;
  readonly arms: readonly Arm[];
  readonly contrasts: readonly Contrast[];
  /** Metrics of the report's table. */
  readonly metrics: readonly MetricName[];
  /** What a small data set or encoder changes about it. */
  readonly caution: string;
}
