/** Where the points of a layout begin: on their principal components, so that the map's large distances mean something. */
import type { MapDimensions } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import { PURPOSE, randomStream } from '../../domain/random/stream';
import { principalComponents, scoresOf } from '../pca';
import type { Monitor, Positions } from '../types';

/** The map's half width: about what a layout takes. */
const HALF_WIDTH = 10;
/** Standard deviation of what parts points of one place. */
const JITTER = 1e-4;

/** Which start. */
export interface StartOptions {
  readonly dimensions: MapDimensions;
  readonly seed: number;
}

/** The vectors' principal components as the start of a layout, 20 wide. Throws Cancelled. */
export function pcaStart(vectors: Vectors, { dimensions, seed }: StartOptions, monitor: Monitor): Positions {
  const components = principalComponents(vectors, dimensions, monitor);
  return scaledStart(scoresOf(vectors, components, monitor), { dimensions, seed });
}

/** Any coordinates as the start of a layout. @param scores row-major [count, dimensions] */
export function scaledStart(scores: Float32Array, { dimensions, seed }: StartOptions): Positions {
  const random = randomStream(seed, PURPOSE.layout, dimensions);
  const most = scores.reduce((longest, value) => Math.max(longest, Math.abs(value)), 0);
  const factor = most > 0 ? HALF_WIDTH / most : 0;
  const values = scores.map((value) => value * factor + JITTER * random.normal());
  return { values, count: scores.length / dimensions, dimensions };
}
