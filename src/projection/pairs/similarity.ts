/**
 * Similarities of the plane and of space (turn or mirror, scale, shift) and the weighted fit of one in closed form: the
 * orthogonal matrix nearest to the weighted cross-covariance, by its singular values, and the ratio of the two sides'
 * radii. Unlike the least-squares scale that ratio does not shrink noisy points, so that a long chain of maps keeps its
 * size (Horn, 1987, Closed-form solution of absolute orientation).
 */
import { nearestOrthogonal, unitMatrix } from '../../domain/linearAlgebra/nearestOrthogonal';

/** x to scale * turn x + shift. */
export interface Similarity {
  readonly scale: number;
  /** Orthogonal, row-major [dimensions, dimensions]. */
  readonly turn: Float64Array;
  readonly shift: Float64Array;
}

/** [count, dimensions]. */
export interface Points {
  readonly values: Float64Array;
  readonly dimensions: number;
}

/** Two sets of points in one order, and how much each pair counts. */
export interface WeightedPairs {
  readonly target: Points;
  readonly source: Points;
  readonly weights: Float64Array;
}

/** A spread below this share of the points' mean square is rounding: the square of what single precision resolves. */
const POINT_TOLERANCE = 1e-14;

/** The similarity that changes nothing. */
export function identity(dimensions: number): Similarity {
  return { scale: 1, turn: unitMatrix(dimensions), shift: new Float64Array(dimensions) };
}

/** Where the similarity takes each point. */
export function imageOf({ values, dimensions }: Points, { scale, turn, shift }: Similarity): Float64Array {
  const image = new Float64Array(values.length);
  for (let start = 0; start < values.length; start += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      let sum = 0;
      for (let j = 0; j < dimensions; j++) sum += turn[i * dimensions + j] * values[start + j];
      image[start + i] = scale * sum + shift[i];
    }
  }
  return image;
}

/**
 * The similarity that takes the source nearest to the target. Where one side is a single point it is a shift; what
 * points on one line leave open is chosen so that nothing is mirrored. Weights are positive, and there is one at least.
 */
export function fitSimilarity(pairs: WeightedPairs): Similarity {
  const { target, source, weights } = pairs;
  const { dimensions } = target;
  const spreads = [target, source].map((points) => spreadOf(points, weights));
  const isPoint = spreads.includes(0);
  const scale = isPoint ? 1 : Math.sqrt(spreads[0] / spreads[1]);
  const turn = isPoint ? unitMatrix(dimensions) : nearestOrthogonal(crossCovariance(pairs), dimensions);
  const unshifted = { scale, turn, shift: new Float64Array(dimensions) };
  const from = imageOf({ values: meanOf(source, weights), dimensions }, unshifted);
  return { scale, turn, shift: meanOf(target, weights).map((value, k) => value - from[k]) };
}

/** Weighted mean squared distance of the points from their mean; 0 where they differ by rounding alone. */
export function spreadOf(points: Points, weights: Float64Array): number {
  const { values, dimensions } = points;
  const mean = meanOf(points, weights);
  let sum = 0;
  let size = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights[Math.floor(i / dimensions)];
    const offset = values[i] - mean[i % dimensions];
    sum += weight * offset * offset;
    size += weight * values[i] * values[i];
  }
  return sum > POINT_TOLERANCE * size ? sum / total(weights) : 0;
}

function meanOf({ values, dimensions }: Points, weights: Float64Array): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let i = 0; i < values.length; i++)
    mean[i % dimensions] += weights[Math.floor(i / dimensions)] * values[i];
  const sum = total(weights);
  return mean.map((value) => value / sum);
}

function total(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}

/** Sum over the pairs of weight * target source', both centred. */
function crossCovariance({ target, source, weights }: WeightedPairs): Float64Array {
  const { dimensions } = target;
  const [a, b] = [meanOf(target, weights), meanOf(source, weights)];
  const sums = new Float64Array(dimensions * dimensions);
  for (let row = 0; row < weights.length; row++) {
    const start = row * dimensions;
    for (let i = 0; i < dimensions; i++) {
      const left = weights[row] * (target.values[start + i] - a[i]);
      for (let j = 0; j < dimensions; j++)
        sums[i * dimensions + j] += left * (source.values[start + j] - b[j]);
    }
  }
  return sums;
}
