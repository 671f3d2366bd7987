/** Maps along axes that mean something: straight projections of the vectors, so that distances keep their meaning. */
import { dot } from '../../domain/linearAlgebra/dot';
import type { MapDimensions } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import { scoresOf } from '../pca';
import type { Monitor, Positions } from '../types';

/** Positions, and what each of their axes is called. */
export interface NamedMap {
  readonly positions: Positions;
  readonly axes: readonly string[];
}

/** A direction in the space of the vectors. */
export interface NamedAxis {
  readonly name: string;
  /** [dimensions]. */
  readonly direction: Float64Array;
}

/** A direction that keeps less than this share of its length beside others runs along them. */
const LEAST_LEFT = 1e-6;

/** Coordinates of the vectors along the axes, from a mean on. */
export function projectOn(
  vectors: Vectors,
  mean: Float64Array,
  named: readonly NamedAxis[],
  monitor: Monitor,
): NamedMap {
  const count: MapDimensions = named.length === 3 ? 3 : 2;
  const axes = new Float64Array(count * vectors.dimensions);
  named.forEach(({ direction }, at) => axes.set(direction, at * vectors.dimensions));
  const values = scoresOf(vectors, { mean, axes, shares: new Float64Array(count), count }, monitor);
  return {
    positions: { values, count: vectors.count, dimensions: count },
    axes: named.map(({ name }) => name),
  };
}

/** What is left of a direction at right angles to unit directions, at unit length; null if nothing is. */
export function atRightAngles(direction: Float64Array, others: readonly Float64Array[]): Float64Array | null {
  const length = lengthOf(direction);
  if (!(length > 0)) return null;
  const rest = direction.map((value) => value / length);
  // Twice for the digits.
  for (const other of [...others, ...others]) {
    const share = dot(rest, other);
    for (let k = 0; k < rest.length; k++) rest[k] -= share * other[k];
  }
  const left = lengthOf(rest);
  return left > LEAST_LEFT ? rest.map((value) => value / left) : null;
}

function lengthOf(direction: Float64Array): number {
  return Math.sqrt(dot(direction, direction));
}
