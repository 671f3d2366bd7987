/** Quantiles of a sample, between order statistics by straight lines (definition 7 of Hyndman and Fan, 1996). */

/** The value below which a share `p`, 0 to 1, of the values lies; NaN for none. */
export function quantile(values: ArrayLike<number>, p: number): number {
  const sorted = new Float64Array(values).sort();
  const place = p * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - below);
}

/** Sample standard deviation, n - 1 in the denominator; NaN for fewer than two values. */
export function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (values.length - 1));
}
