/**
 * Scalars of a run as columns, one set per tag. A session start at step s, which a resumed run writes,
 * supersedes the points at s and later; they leave the series and are kept beside it, never lost.
 */
import { GrowingSeries, type SeriesColumns, type SupersededPoints } from '../../domain/series/growingSeries';
import type { EventSink } from './sink';

export type { SeriesColumns as Columns, SupersededPoints } from '../../domain/series/growingSeries';

/** One tag. */
export interface Series {
  readonly tag: string;
  /** Points that hold, in the order in which they were recorded. */
  readonly length: number;
  /** The points from place `from` on, all by default. */
  columns(from?: number): SeriesColumns;
  readonly superseded: readonly SupersededPoints[];
}

/** All tags of a run; feed it to an event parser. */
export interface SeriesStore extends EventSink {
  readonly series: ReadonlyMap<string, Series>;
}

/** An empty store. */
export function createSeriesStore(): SeriesStore {
  const series = new Map<string, NamedSeries>();
  return {
    series,
    scalar(tag, step, wallTime, value) {
      let known = series.get(tag);
      if (known === undefined) {
        known = new NamedSeries(tag);
        series.set(tag, known);
      }
      known.push(step, wallTime, value);
    },
    sessionStart(step) {
      for (const known of series.values()) {
        known.supersedeFrom(step);
      }
    },
  };
}

class NamedSeries extends GrowingSeries implements Series {
  constructor(readonly tag: string) {
    super();
  }
}
