/**
 * Ranges of axes, from finite values alone. Both axes grow in steps, so a live curve does not make the
 * ticks crawl. Pure numbers.
 */

/** The lowest and highest of some values. */
export type Extent = readonly [low: number, high: number];

/** Steps of about 1.5 within a decade: an axis end stays while the run grows by half. */
const AXIS_ENDS = [1, 1.5, 2, 3, 5, 7, 10] as const;

/** Gaps between ticks that read well. */
const TICK_STEPS = [1, 2, 2.5, 5, 10] as const;

/** Tick gaps that a range spans at least. */
const GAPS_IN_RANGE = 4;

/** Half the width of a range around values that are all equal, relative to their size. */
const FLAT_MARGIN = 0.05;

/** The extent of all finite values, or undefined if there is none. */
export function finiteExtent(arrays: Iterable<Float64Array>): Extent | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const array of arrays) {
    for (const value of array) {
      if (!Number.isFinite(value)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : undefined;
}

/** The extent widened to whole tick gaps; values that are all equal get a margin around them. */
export function steppedRange([low, high]: Extent): Extent {
  if (low === high) return steppedRange(aroundFlat(low));
  const gap = niceCeiling((high - low) / GAPS_IN_RANGE, TICK_STEPS);
  const from = Math.floor(low / gap + 1e-9) * gap;
  const to = Math.ceil(high / gap - 1e-9) * gap;
  // Products of tick gaps may miss a value that lies on a tick by a rounding error.
  return [Math.min(from, low), Math.max(to, high)];
}

/** Where a step axis begins: at 0, or where the curve does if it fills less than half of the axis (a late stage). */
export function axisStart(first: number, last: number): number {
  return first > last / 2 ? first : 0;
}

/** The end of a step axis that has room for `last`, in steps of about one half. */
export function steppedEnd(last: number): number {
  return last <= 10 ? 10 : niceCeiling(last, AXIS_ENDS);
}

/** The smallest `mantissa x 10^k` that is not below a positive value. */
function niceCeiling(value: number, mantissas: readonly number[]): number {
  const power = 10 ** Math.floor(Math.log10(value));
  const mantissa = mantissas.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return mantissa * power;
}

function aroundFlat(value: number): Extent {
  const margin = value === 0 ? 1 : Math.abs(value) * FLAT_MARGIN;
  return [value - margin, value + margin];
}
