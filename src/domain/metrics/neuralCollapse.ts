/**
 * Neural collapse (Papyan, Han and Donoho, PNAS 2020): how far classes have become points (NC1), their means the
 * corners of a regular simplex (NC2), the classifier its own class means (NC3), and its answers those of the nearest
 * mean (NC4). Classes count alike, however many samples they have.
 */
import { symmetricEigen } from '../linearAlgebra/symmetricEigen';
import { argMax } from './accuracy';
import type { ClassStatistics } from './classStatistics';
import { centredMeans, classStatistics } from './classStatistics';

export interface WithinClassVariability {
  /** tr(pinv(Sb) Sw) / C, with Sw and Sb the covariances within and between classes. */
  readonly nc1: number;
  /** tr Sw / tr Sb. */
  readonly traceRatio: number;
}

export interface SimplexDistance {
  /** Standard deviation over mean of the lengths of the centred class means. */
  readonly lengthSpread: number;
  /** Frobenius distance of their cosines to those of a regular simplex, 1 and -1/(C - 1). */
  readonly angleDistance: number;
}

/** A direction between classes counts from this share of the largest on. */
const SMALLEST_SHARE = 1e-10;

/** NC1, from 0. @param features row-major [samples, dimensions], as they are */
export function withinClassVariability(
  features: Float32Array,
  labels: ArrayLike<number>,
  dimensions: number,
): WithinClassVariability {
  const statistics = classStatistics(features, labels, dimensions);
  const classes = statistics.classes.length;
  const centred = centredMeans(statistics);
  const axes = betweenAxes(centred, classes, dimensions);
  const spreads = spreadAlong(axes, { features, labels, statistics });
  const within = statistics.variances.reduce((sum, variance) => sum + variance / classes, 0);
  const between = centred.reduce((sum, value) => sum + (value * value) / classes, 0);
  return {
    nc1: axes.reduce((sum, axis, k) => sum + spreads[k] / axis.variance, 0) / classes,
    traceRatio: within / between,
  };
}

/** NC2, both parts from 0. */
export function simplexDistance(statistics: ClassStatistics): SimplexDistance {
  const { dimensions } = statistics;
  const classes = statistics.classes.length;
  const centred = centredMeans(statistics);
  const lengths = rowLengths(centred, dimensions);
  const mean = lengths.reduce((sum, length) => sum + length / classes, 0);
  const variance = lengths.reduce((sum, length) => sum + ((length - mean) * (length - mean)) / classes, 0);
  let squares = 0;
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) {
      const cosine = dotRows(centred, [a, b], dimensions) / (lengths[a] * lengths[b]);
      squares += (cosine - (a === b ? 1 : -1 / (classes - 1))) ** 2;
    }
  }
  return { lengthSpread: Math.sqrt(variance) / mean, angleDistance: Math.sqrt(squares) };
}

/**
 * NC3: Frobenius distance of the classifier's rows to the centred class means, each divided by its own Frobenius norm;
 * 0 is equal, 2 opposite.
 * @param rows row-major [classes, dimensions], one a class that has samples
 */
export function classifierDistance(rows: ArrayLike<number>, statistics: ClassStatistics): number {
  const centred = centredMeans(statistics);
  const own = frobeniusNorm(rows);
  const other = frobeniusNorm(centred);
  const squares = centred.reduce((sum, value, i) => sum + (rows[i] / own - value / other) ** 2, 0);
  return Math.sqrt(squares);
}

/**
 * NC4: share of samples for which the classifier answers the nearest class mean, by Euclidean distance.
 * @param answers the class that the classifier gives to each row of `features`
 */
export function nearestMeanAgreement(
  answers: ArrayLike<number>,
  features: Float32Array,
  { classes, means, dimensions }: ClassStatistics,
): number {
  let agreed = 0;
  const closeness = new Float64Array(classes.length);
  for (let i = 0; i < answers.length; i++) {
    for (let c = 0; c < classes.length; c++) {
      closeness[c] = 0;
      for (let k = 0; k < dimensions; k++) {
        const difference = features[i * dimensions + k] - means[c * dimensions + k];
        closeness[c] -= difference * difference;
      }
    }
    if (classes[argMax(closeness, 0, classes.length)] === answers[i]) agreed++;
  }
  return agreed / answers.length;
}

/** An eigenvector of Sb with an eigenvalue that is not zero. */
interface Axis {
  readonly direction: Float64Array;
  readonly variance: number;
}

/**
 * The eigenvectors of Sb = M'M / C, from the Gram matrix MM' / C of the C centred means: Sb itself is larger and has
 * no more than C - 1 of them.
 */
function betweenAxes(centred: Float64Array, classes: number, dimensions: number): Axis[] {
  const gram = new Float64Array(classes * classes);
  for (let a = 0; a < classes; a++) {
    for (let b = 0; b < classes; b++) gram[a * classes + b] = dotRows(centred, [a, b], dimensions) / classes;
  }
  const { values, vectors } = symmetricEigen(gram, classes);
  return Array.from(values.keys())
    .filter((k) => values[k] > SMALLEST_SHARE * values[0])
    .map((k) => {
      const direction = new Float64Array(dimensions);
      for (let c = 0; c < classes; c++) {
        const weight = vectors[k * classes + c] / Math.sqrt(classes * values[k]);
        for (let i = 0; i < dimensions; i++) direction[i] += weight * centred[c * dimensions + i];
      }
      return { direction, variance: values[k] };
    });
}

/** u' Sw u for each axis u: the mean over classes of the variance along it. */
function spreadAlong(
  axes: readonly Axis[],
  sample: { features: Float32Array; labels: ArrayLike<number>; statistics: ClassStatistics },
): Float64Array {
  const { features, labels, statistics } = sample;
  const { classes, means, dimensions } = statistics;
  const placeOf = new Map(classes.map((label, place) => [label, place]));
  const places = Int32Array.from(labels, (label) => placeOf.get(label) ?? 0);
  const counts = new Float64Array(classes.length);
  places.forEach((place) => counts[place]++);
  const spreads = new Float64Array(axes.length);
  const offset = new Float64Array(dimensions);
  places.forEach((place, i) => {
    for (let k = 0; k < dimensions; k++)
      offset[k] = features[i * dimensions + k] - means[place * dimensions + k];
    axes.forEach(({ direction }, axis) => {
      let along = 0;
      for (let k = 0; k < dimensions; k++) along += direction[k] * offset[k];
      spreads[axis] += (along * along) / counts[place] / classes.length;
    });
  });
  return spreads;
}

function dotRows(rows: Float64Array, [a, b]: readonly [number, number], dimensions: number): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) sum += rows[a * dimensions + k] * rows[b * dimensions + k];
  return sum;
}

function rowLengths(rows: Float64Array, dimensions: number): Float64Array {
  return Float64Array.from({ length: rows.length / dimensions }, (_, a) =>
    Math.sqrt(dotRows(rows, [a, a], dimensions)),
  );
}

function frobeniusNorm(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * values[i];
  return Math.sqrt(sum);
}
