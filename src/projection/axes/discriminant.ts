/**
 * Linear discriminant axes: the directions along which class means lie farthest apart, measured in the spread within
 * classes (Fisher, 1936; Rao, 1948). With S the covariance within classes and N the class means less the mean of all,
 * each times the root of its share of the samples, an axis is w = S^-1 N'a with a an eigenvector of N S^-1 N', a matrix
 * of classes by classes. S is shrunk towards a ball, so that few samples in many dimensions do not make it singular.
 */
import { HumanError } from '../../domain/errors';
import { solvePositiveDefinite } from '../../domain/linearAlgebra/cholesky';
import { dot } from '../../domain/linearAlgebra/dot';
import { symmetricEigen } from '../../domain/linearAlgebra/symmetricEigen';
import { formatPercent } from '../../domain/display/format';
import type { MapDimensions } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import type { RowClasses } from '../classFigures';
import { covarianceOf } from '../covariance';
import { principalComponents, scoresOf, type PrincipalComponents } from '../pca';
import type { Monitor } from '../types';
import { atRightAngles, projectOn, type NamedAxis, type NamedMap } from './namedMap';

/** Share of the ball in the covariance within classes. */
const SHRINKAGE = 0.1;
/** Dimensions up to which the covariance within classes is formed; beyond, axes lie among the principal components. */
const MOST_DIMENSIONS = 1024;
const COMPONENTS_OF_MANY = 32;
/** An axis along which classes differ by less than this share of the first is rounding. */
const LEAST_SHARE = 1e-9;

/**
 * The map along the axes that part these classes best; there is one axis fewer than classes, and principal components
 * fill up the dimensions. Rows without a class are placed, but count for nothing. Throws HumanError with fewer than two
 * classes, Cancelled.
 */
export function discriminantMap(
  vectors: Vectors,
  classes: RowClasses,
  dimensions: MapDimensions,
  monitor: Monitor,
): NamedMap {
  monitor.progress('discriminant axes', 0);
  if (vectors.dimensions > MOST_DIMENSIONS) {
    const components = principalComponents(vectors, COMPONENTS_OF_MANY, monitor);
    const values = scoresOf(vectors, components, monitor);
    return discriminantMap(
      { ...vectors, values, dimensions: components.count },
      classes,
      dimensions,
      monitor,
    );
  }
  const groups = groupsOf(vectors, classes);
  const axes = discriminantAxes(groups, monitor).slice(0, dimensions);
  return projectOn(vectors, groups.mean, fillUp(axes, vectors, dimensions, monitor), monitor);
}

/** The classes that have samples. */
interface Groups {
  /** Rows with a class, each less the mean of its class. */
  readonly rest: Vectors;
  /** N of the module's comment, [groups, dimensions]. */
  readonly means: Float64Array;
  /** Mean of the rows with a class. */
  readonly mean: Float64Array;
}

function groupsOf({ values, count, dimensions }: Vectors, { codes, categories }: RowClasses): Groups {
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => codes[row] >= 0);
  const sizes = new Int32Array(categories.length);
  const sums = new Float64Array(categories.length * dimensions);
  for (const row of rows) {
    sizes[codes[row]]++;
    for (let k = 0; k < dimensions; k++) sums[codes[row] * dimensions + k] += values[row * dimensions + k];
  }
  const present = Array.from(sizes.keys()).filter((code) => sizes[code] > 0);
  if (present.length < 2) {
    throw new HumanError(
      'Discriminant axes part classes, and this map has fewer than two: choose another method.',
    );
  }
  const mean = new Float64Array(dimensions);
  sums.forEach((sum, i) => (mean[i % dimensions] += sum / rows.length));
  const means = new Float64Array(present.length * dimensions);
  present.forEach((code, at) => {
    const weight = Math.sqrt(sizes[code] / rows.length);
    for (let k = 0; k < dimensions; k++) {
      means[at * dimensions + k] = weight * (sums[code * dimensions + k] / sizes[code] - mean[k]);
    }
  });
  const rest = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    const code = codes[row];
    for (let k = 0; k < dimensions; k++) {
      rest[at * dimensions + k] = values[row * dimensions + k] - sums[code * dimensions + k] / sizes[code];
    }
  });
  return { rest: { values: rest, count: rows.length, dimensions }, means, mean };
}

/** The axes in the order of how well they part, each with its share; the spread within classes along each is 1. */
function discriminantAxes({ rest, means }: Groups, monitor: Monitor): NamedAxis[] {
  const { dimensions } = rest;
  const within = shrunk(covarianceOf(rest, new Float64Array(dimensions), monitor), dimensions);
  monitor.check();
  const solved = solvePositiveDefinite(within, dimensions, means.slice());
  const groups = means.length / dimensions;
  const eigen = symmetricEigen(productsOf(means, solved, dimensions), groups);
  const total = eigen.values.reduce((sum, value) => sum + Math.max(0, value), 0);
  const axes: NamedAxis[] = [];
  for (let axis = 0; axis < groups - 1 && eigen.values[axis] > LEAST_SHARE * total; axis++) {
    const weights = eigen.vectors.subarray(axis * groups, (axis + 1) * groups);
    // w' S w = a' N S^-1 N' a is the eigenvalue: its root makes the spread within classes 1.
    const direction = combine(solved, weights, 1 / Math.sqrt(eigen.values[axis]));
    axes.push({ name: `LDA ${axis + 1} (${formatPercent(eigen.values[axis] / total)})`, direction });
  }
  return axes;
}

/** (1 - s) S + s tr(S) / d I in place; the unit matrix where classes have no spread at all. */
function shrunk(within: Float64Array, dimensions: number): Float64Array {
  let trace = 0;
  for (let k = 0; k < dimensions; k++) trace += within[k * dimensions + k];
  const ball = trace > 0 ? (SHRINKAGE * trace) / dimensions : 1;
  for (let i = 0; i < within.length; i++) within[i] *= 1 - SHRINKAGE;
  for (let k = 0; k < dimensions; k++) within[k * dimensions + k] += ball;
  return within;
}

/** N S^-1 N', made symmetric. */
function productsOf(means: Float64Array, solved: Float64Array, dimensions: number): Float64Array {
  const groups = means.length / dimensions;
  const products = new Float64Array(groups * groups);
  for (let a = 0; a < groups; a++) {
    for (let b = 0; b <= a; b++) {
      const value = dot(
        means.subarray(a * dimensions, (a + 1) * dimensions),
        solved.subarray(b * dimensions, (b + 1) * dimensions),
      );
      products[a * groups + b] = value;
      products[b * groups + a] = value;
    }
  }
  return products;
}

/** The weighted sum of rows, times a factor, with the sign that makes its largest entry positive. */
function combine(rows: Float64Array, weights: Float64Array, factor: number): Float64Array {
  const dimensions = rows.length / weights.length;
  const sum = new Float64Array(dimensions);
  rows.forEach((value, i) => (sum[i % dimensions] += weights[Math.floor(i / dimensions)] * value));
  const largest = sum.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  return sum.map((value) => (largest < 0 ? -factor : factor) * value);
}

/** Adds principal components at right angles to the axes until there is one for each dimension. */
function fillUp(
  axes: readonly NamedAxis[],
  vectors: Vectors,
  dimensions: MapDimensions,
  monitor: Monitor,
): NamedAxis[] {
  const filled = [...axes];
  if (filled.length === dimensions) return filled;
  const components = principalComponents(vectors, dimensions, monitor);
  const units = axes.flatMap(({ direction }) => atRightAngles(direction, []) ?? []);
  for (let at = 0; at < components.count && filled.length < dimensions; at++) {
    const rest = atRightAngles(componentAt(components, at), units);
    if (rest === null) continue;
    units.push(rest);
    filled.push({ name: `PCA ${at + 1}`, direction: rest });
  }
  // Vectors of one dimension have no further direction: all lie at 0.
  while (filled.length < dimensions)
    filled.push({ name: 'empty', direction: new Float64Array(vectors.dimensions) });
  return filled;
}

function componentAt({ axes, count }: PrincipalComponents, at: number): Float64Array {
  const dimensions = axes.length / count;
  return axes.slice(at * dimensions, (at + 1) * dimensions);
}
