/**
 * The series of a run together with how much of them has been handed on, so that a watcher gets each point
 * once, and learns from which step on a resumed segment takes points back.
 */
import type { EventSink } from '../../formats/events/sink';
import type { Columns, Series } from '../../formats/events/series';
import { createSeriesStore } from '../../formats/events/series';
import type { SeriesPoints } from '../../protocol/series';

/** New points of a tag. Points at `restart` and later that were handed on before no longer hold, unless it is null. */
export interface PointsDelta extends SeriesPoints {
  readonly restart: number | null;
}

export interface DeltaStore extends EventSink {
  /** Every point that holds now, by tag. */
  snapshot(): SeriesPoints[];
  /** What has changed since the last call; empty if nothing has. */
  takeDeltas(): PointsDelta[];
  /** Every series, as it grows. */
  readonly series: () => ReadonlyMap<string, Series>;
  /** Takes back every point: what was handed on holds no more. */
  clear(): void;
}

interface Handed {
  points: number;
  restart: number | null;
}

/** No step lies before it. */
const FIRST_STEP = Number.MIN_SAFE_INTEGER;

/** An empty store. */
export function createDeltaStore(): DeltaStore {
  let store = createSeriesStore();
  const handedByTag = new Map<string, Handed>();
  const handedOf = (tag: string): Handed => {
    const handed = handedByTag.get(tag) ?? { points: 0, restart: null };
    handedByTag.set(tag, handed);
    return handed;
  };
  const deltaOf = (series: Series): PointsDelta[] => {
    const handed = handedOf(series.tag);
    const { restart } = handed;
    if (series.length === handed.points && restart === null) return [];
    const delta = { tag: series.tag, ...copied(series.columns(handed.points)), restart };
    handedByTag.set(series.tag, { points: series.length, restart: null });
    return [delta];
  };
  return {
    scalar: (tag, step, wallTime, value) => store.scalar(tag, step, wallTime, value),
    sessionStart: (step, wallTime) => {
      for (const series of store.series.values()) takeBack(handedOf(series.tag), series, step);
      store.sessionStart(step, wallTime);
    },
    snapshot: () =>
      [...store.series.values()].map((series) => ({ tag: series.tag, ...copied(series.columns()) })),
    takeDeltas: () => [...store.series.values()].flatMap(deltaOf),
    series: () => store.series,
    clear: () => {
      store = createSeriesStore();
      for (const handed of handedByTag.values()) {
        if (handed.points > 0) handed.restart = FIRST_STEP;
        handed.points = 0;
      }
    },
  };
}

/** Counts handed points at `restart` and later as never handed on. */
function takeBack(handed: Handed, series: Series, restart: number): void {
  const steps = series.columns().steps.subarray(0, handed.points);
  const kept = steps.reduce((count, step) => count + (step < restart ? 1 : 0), 0);
  if (kept === handed.points) return;
  handed.points = kept;
  handed.restart = Math.min(restart, handed.restart ?? Infinity);
}

/** Columns of their own, no larger than what they hold, so that they can be sent away. */
function copied({ steps, wallTimes, values }: Columns) {
  return { steps: steps.slice(), wallTimes: wallTimes.slice(), values: values.slice() };
}
