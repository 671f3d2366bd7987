/**
 * Joins the columns of several tags on their steps into the one shape that the chart library draws:
 * ascending x and, per tag, a value or null at each x. A value that is not finite becomes a gap and is
 * listed, so that the chart can mark it.
 */
import type { Column } from '../../src/domain/series/column';
import { stepsOf, valuesOf } from '../../src/domain/series/column';

/** Joined columns. `undefined` is no measurement at that step (the line runs on), null a gap. */
export interface Aligned {
  readonly x: Float64Array;
  readonly ys: readonly (number | null | undefined)[][];
  /** Steps at which some value was NaN or infinite. */
  readonly nonFiniteSteps: readonly number[];
}

/** Joins columns; an absent column has no value at any step. */
export function align(columns: readonly (Column | undefined)[]): Aligned {
  const x = unionOfSteps(columns);
  const nonFinite = new Set<number>();
  const ys = columns.map((column) => spread(column, x, nonFinite));
  return { x, ys, nonFiniteSteps: [...nonFinite].sort((a, b) => a - b) };
}

function unionOfSteps(columns: readonly (Column | undefined)[]): Float64Array {
  const arrays = columns.flatMap((column) => (column && column.length > 0 ? [stepsOf(column)] : []));
  const [first, ...others] = arrays;
  if (!first) return new Float64Array(0);
  if (isAscending(first) && others.every((other) => equal(first, other))) return first;
  const steps = new Set<number>();
  for (const array of arrays) for (const step of array) steps.add(step);
  return Float64Array.from(steps).sort();
}

/** One column laid onto the joined steps; both ascend, so one pass is enough. */
function spread(column: Column | undefined, x: Float64Array, nonFinite: Set<number>) {
  const values: (number | null | undefined)[] = new Array<number | null | undefined>(x.length);
  if (!column) return values;
  const steps = stepsOf(column);
  const own = valuesOf(column);
  let at = 0;
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? 0;
    while (at < x.length && (x[at] ?? Infinity) < step) at++;
    const value = own[index] ?? NaN;
    if (!Number.isFinite(value)) nonFinite.add(step);
    if (x[at] === step) values[at] = Number.isFinite(value) ? value : null;
  }
  return values;
}

function equal(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

function isAscending(steps: Float64Array): boolean {
  return steps.every((step, index) => index === 0 || step > (steps[index - 1] ?? -Infinity));
}
