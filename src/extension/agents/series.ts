/** A metric for a model to read: every point of a short series, buckets with exact extremes of a long one. */
import type { GrowingSeries } from '../../domain/series/growingSeries';
import { lineStatistics, lineWindow } from '../../domain/series/lineWindow';
import { SeriesOrders } from '../../domain/series/ordered';

const COLUMNS = ['step', 'last', 'min', 'max', 'nonFinite'] as const;

/** At most `points` rows over the whole series, in order of steps, and what the whole series says. */
export function summariseSeries(series: GrowingSeries, points: number) {
  const ordered = new SeriesOrders(series).by('steps');
  const { steps } = ordered.columns;
  const query = { range: null, pixels: Math.max(1, Math.floor((points - 1) / 2)), smoothing: 0 };
  const { perBucket, x, min, max, last, nonFinite } = lineWindow(
    ordered,
    (place) => steps[place] ?? 0,
    query,
  );
  return {
    ...lineStatistics(ordered, { start: 0, end: steps.length }),
    pointsPerRow: perBucket,
    columns: COLUMNS,
    rows: [...x].map((step, i) => [step, last[i], min[i], max[i], nonFinite[i]]),
  };
}
