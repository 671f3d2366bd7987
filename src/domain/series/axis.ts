/**
 * Where points lie on an axis, as a function of their place: steps, wall times and views are columns moved and scaled,
 * epochs are read off the run's own record of them. Positions ascend, so ranges are found by halving.
 */
import type { SeriesColumns } from './growingSeries';
import type { OrderKey } from './ordered';
import type { XAxis } from './query';

/** What an axis needs to know of a run. */
export interface AxisFacts {
  /** Steps and epochs as recorded, null where the run recorded none. */
  readonly epochs: Pick<SeriesColumns, 'steps' | 'values'> | null;
  /** Seconds since 1970 of the run's first point. */
  readonly firstWallTime: number;
  readonly viewsPerStep: number | null;
}

/** The position of the point at a place; ascending in the place. */
export type PositionOf = (place: number) => number;

/** The order in which points stand along an axis. */
export function orderKeyOf(axis: XAxis): OrderKey {
  return axis === 'wall' || axis === 'relative' ? 'wallTimes' : 'steps';
}

/** Positions of points on an axis; null if the run does not tell them. */
export function positionsOn(
  axis: XAxis,
  { steps, wallTimes }: SeriesColumns,
  facts: AxisFacts,
): PositionOf | null {
  switch (axis) {
    case 'step':
      return (place) => steps[place];
    case 'wall':
      return (place) => wallTimes[place];
    case 'relative':
      return (place) => wallTimes[place] - facts.firstWallTime;
    case 'views':
      return viewPositions(steps, facts.viewsPerStep);
    case 'epoch':
      return epochPositions(steps, facts.epochs);
  }
}

/** The first place in [0, length) whose position is at `x` or beyond it; `length` if there is none. */
export function placeAtOrAfter(positionOf: PositionOf, length: number, x: number): number {
  return firstPlace(length, (place) => positionOf(place) >= x);
}

/** The first place in [0, length) whose position is beyond `x`. */
export function placeAfter(positionOf: PositionOf, length: number, x: number): number {
  return firstPlace(length, (place) => positionOf(place) > x);
}

function viewPositions(steps: Float64Array, viewsPerStep: number | null): PositionOf | null {
  return viewsPerStep === null ? null : (place) => steps[place] * viewsPerStep;
}

/** The first place where something holds that goes on holding. */
function firstPlace(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Knots {
  readonly steps: number[];
  readonly epochs: number[];
}

/**
 * Straight lines between the first steps at which each epoch was recorded, so that a logger that writes whole epochs
 * does not stack an epoch's points on one another. Beyond the last knot the line before it goes on, for an epoch at most.
 */
function epochPositions(steps: Float64Array, epochs: AxisFacts['epochs']): PositionOf | null {
  if (epochs === null) return null;
  const knots = knotsOf(epochs);
  return knots.steps.length === 0 ? null : (place) => epochAt(knots, steps[place]);
}

function knotsOf({ steps, values }: Pick<SeriesColumns, 'steps' | 'values'>): Knots {
  const knots: Knots = { steps: [], epochs: [] };
  let [lastStep, lastEpoch] = [-Infinity, -Infinity];
  for (let i = 0; i < steps.length; i++) {
    if (steps[i] > lastStep && values[i] > lastEpoch && Number.isFinite(values[i])) {
      knots.steps.push((lastStep = steps[i]));
      knots.epochs.push((lastEpoch = values[i]));
    }
  }
  return knots;
}

function epochAt({ steps, epochs }: Knots, step: number): number {
  const count = steps.length;
  const next = placeAfter((place) => steps[place], count, step);
  if (next === 0 || count === 1) return epochs[0];
  const from = Math.min(next, count - 1) - 1;
  const slope = (epochs[from + 1] - epochs[from]) / (steps[from + 1] - steps[from]);
  if (next < count) return epochs[from] + slope * (step - steps[from]);
  return epochs[count - 1] + Math.min(1, slope * (step - steps[count - 1]));
}
