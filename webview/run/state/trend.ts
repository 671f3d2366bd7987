/** Which way a series goes: the mean of its newest points against the mean of those before. */
import type { Column } from '../../../src/domain/series/column';
import { valuesOf } from '../../../src/domain/series/column';

/** A direction that is worth an arrow. */
export type Trend = 'falling' | 'rising' | 'level';

/** Points in each of the two windows: a tenth of the series within these limits. */
const SMALLEST_WINDOW = 20;
const LARGEST_WINDOW = 500;

/** A change of fewer standard errors than this is noise. */
const STANDARD_ERRORS = 2;

/** The trend at the end of a column. */
export function trendOf(column: Column | undefined): Trend {
  if (!column) return 'level';
  const wanted = Math.min(LARGEST_WINDOW, Math.max(SMALLEST_WINDOW, Math.floor(column.length / 10)));
  const finite = valuesOf(column)
    .slice(-2 * wanted)
    .filter(Number.isFinite);
  const window = Math.floor(finite.length / 2);
  if (window < 2) return 'level';
  const newest = momentsOf(finite.subarray(finite.length - window));
  const before = momentsOf(finite.subarray(finite.length - 2 * window, finite.length - window));
  const change = newest.mean - before.mean;
  const error = Math.sqrt((newest.variance + before.variance) / window);
  if (Math.abs(change) <= STANDARD_ERRORS * error) return 'level';
  return change < 0 ? 'falling' : 'rising';
}

function momentsOf(values: Float64Array): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, variance };
}
