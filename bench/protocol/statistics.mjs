/** The few statistics that benchmarks report. */

/**
 * The middle value, or the mean of the two middle ones; not a number for an empty list.
 * @param {readonly number[]} values
 * @returns {number}
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)] ?? Number.NaN;
  const lower = sorted[Math.ceil(half) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/**
 * The smallest value that so large a share of all is not above; not a number for an empty list.
 * @param {readonly number[]} values
 * @param {number} share above 0, at most 1
 * @returns {number}
 */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/**
 * Slope of the straight line with the least squared error.
 * @param {readonly (readonly [number, number])[]} points pairs (x, y), at least two with different x
 * @returns {number} change of y for a change of x by 1
 */
export function slope(points) {
  const centre = (/** @type {0 | 1} */ axis) =>
    points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x0, y0] = [centre(0), centre(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - x0) * (y - y0), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - x0) ** 2, 0);
  return covariance / variance;
}
