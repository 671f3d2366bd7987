/**
 * Lays one map over another by the similarity that fits the rows that are the same sample. Rows that truly moved must
 * not drag the rest along, so the fit is repeated with weights that fall with each row's distance: Cauchy's, by
 * iteratively reweighted least squares, in units of the median distance.
 */
import { quantile } from '../../domain/statistics/quantile';
import type { Positions } from '../types';
import { fitSimilarity, identity, imageOf, spreadOf, type Points, type Similarity } from './similarity';

/** Matches beyond these are thinned evenly: a similarity has seven parameters at most. */
const MOST_MATCHES = 10_000;
const MOST_FITS = 60;
/** Fits stop once the median distance changes by less than this share, or is this share of the target's radius. */
const TOLERANCE = 1e-6;
/** Distance at which the weight is a half, in medians of the distance. */
const HALF_WEIGHT_MEDIANS = 1.5;

/** Rows of two maps that are the same sample, in one order. */
export interface Matches {
  readonly reference: Int32Array;
  readonly moved: Int32Array;
}

/**
 * The similarity that takes the moved map nearest to the reference at the matches; matches without a place on both maps
 * count for nothing. Without any it is the identity; where all lie in one point it is a shift.
 */
export function robustProcrustes(reference: Positions, moved: Positions, matches: Matches): Similarity {
  const placed = thinned(placedMatches(reference, moved, matches));
  const target = pick(reference, placed.reference);
  const source = pick(moved, placed.moved);
  if (placed.reference.length === 0) return identity(reference.dimensions);
  const weights = new Float64Array(placed.reference.length).fill(1);
  const least = TOLERANCE * Math.sqrt(spreadOf(target, weights));
  let fit = fitSimilarity({ target, source, weights });
  for (let fits = 1, before = Infinity; fits < MOST_FITS; fits++) {
    const distances = distancesBetween(target, { ...source, values: imageOf(source, fit) });
    const median = quantile(distances, 0.5);
    if (median <= least || Math.abs(before - median) <= TOLERANCE * median) break;
    weights.set(distances.map((distance) => cauchyWeight(distance / (HALF_WEIGHT_MEDIANS * median))));
    fit = fitSimilarity({ target, source, weights });
    before = median;
  }
  return fit;
}

/** The map after the similarity; rows without a place stay without. */
export function transformed({ values, count, dimensions }: Positions, similarity: Similarity): Positions {
  const image = imageOf({ values: Float64Array.from(values), dimensions }, similarity);
  return { values: Float32Array.from(image), count, dimensions };
}

/** Distance of each match between the two maps, NaN where one of them has no place for it. */
export function matchDistances(reference: Positions, moved: Positions, matches: Matches): Float64Array {
  return distancesBetween(pick(reference, matches.reference), pick(moved, matches.moved));
}

/** Root mean square distance of the placed rows from their mean, the unit of distances on a map. */
export function radiusOf({ values, dimensions }: Positions): number {
  const placed = Float64Array.from(values.filter((value) => !Number.isNaN(value)));
  if (placed.length === 0) return 0;
  const weights = new Float64Array(placed.length / dimensions).fill(1);
  return Math.sqrt(spreadOf({ values: placed, dimensions }, weights));
}

function cauchyWeight(distance: number): number {
  return 1 / (1 + distance * distance);
}

function placedMatches(reference: Positions, moved: Positions, matches: Matches): Matches {
  const isPlaced = ({ values, dimensions }: Positions, row: number): boolean =>
    !Number.isNaN(values[row * dimensions]);
  const isKept = (_: number, n: number): boolean =>
    isPlaced(reference, matches.reference[n]) && isPlaced(moved, matches.moved[n]);
  return { reference: matches.reference.filter(isKept), moved: matches.moved.filter(isKept) };
}

function thinned({ reference, moved }: Matches): Matches {
  const step = Math.ceil(reference.length / MOST_MATCHES);
  const isKept = (_: number, n: number): boolean => n % step === 0;
  return { reference: reference.filter(isKept), moved: moved.filter(isKept) };
}

function pick({ values, dimensions }: Positions, rows: Int32Array): Points {
  const picked = new Float64Array(rows.length * dimensions);
  rows.forEach((row, n) =>
    picked.set(values.subarray(row * dimensions, (row + 1) * dimensions), n * dimensions),
  );
  return { values: picked, dimensions };
}

function distancesBetween(a: Points, b: Points): Float64Array {
  return Float64Array.from({ length: a.values.length / a.dimensions }, (_, row) => {
    let sum = 0;
    for (let i = row * a.dimensions; i < (row + 1) * a.dimensions; i++) {
      sum += (a.values[i] - b.values[i]) * (a.values[i] - b.values[i]);
    }
    return Math.sqrt(sum);
  });
}
