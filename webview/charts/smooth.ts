/**
 * Reference lines without their jitter: the floor of a loss depends on which classes a batch happens to
 * hold, and a line that trembles from step to step draws the eye away from the curve.
 */

/** Steps over which a reference line is averaged. */
const WINDOW = 50;

/** Points of a drawn reference line: few enough for its dashes to stay even. */
const MOST_POINTS = 24;

/** The mean of the last 50 values at each place; missing values stay missing. */
export function trailingMean(values: readonly (number | null | undefined)[]): (number | null | undefined)[] {
  const window: number[] = [];
  let sum = 0;
  return values.map((value) => {
    if (typeof value !== 'number') return value;
    window.push(value);
    sum += value;
    if (window.length > WINDOW) sum -= window.shift() ?? 0;
    return sum / window.length;
  });
}

/** At most some two dozen of the values, evenly spread, the last always among them; a line joins what is left. */
export function sparse(values: readonly (number | null | undefined)[]): (number | null | undefined)[] {
  const stride = Math.ceil(values.length / MOST_POINTS);
  const last = values.findLastIndex((value) => typeof value === 'number');
  return values.map((value, index) => {
    const isKept = index % stride === 0 || index === last || value === null;
    return isKept ? value : undefined;
  });
}
