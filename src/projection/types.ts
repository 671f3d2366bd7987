/**
 * The values that pass between the steps of a map: vectors in, a neighbour graph, positions out. All are flat typed
 * arrays, row-major, so that they go through a worker's boundary without a copy and to the disk as they are. The vectors themselves are the
 * domain's (maps/vectors.ts).
 */
import type { MapDimensions, Metric } from '../domain/maps/request';

/** The k nearest other samples of each sample, nearest first. */
export interface NeighbourGraph {
  /** [count, k] rows of samples, never the sample itself. */
  readonly indices: Int32Array;
  /** [count, k] in the metric's unit. */
  readonly distances: Float32Array;
  readonly count: number;
  readonly k: number;
  readonly metric: Metric;
}

/** Where each sample lies on a map. */
export interface Positions {
  /** [count, dimensions]. */
  readonly values: Float32Array;
  readonly count: number;
  readonly dimensions: MapDimensions;
}

/** What a long computation tells of itself, and asks: it calls `check` at least every 50 ms of work. */
export interface Monitor {
  /** Throws `Cancelled` once nobody wants the result any more. */
  check(): void;
  /** What is being done, in one or two words, and how much of it is done, 0 to 1. */
  progress(stage: string, fraction: number): void;
  /** The map as it is by now; the array is read at once and not kept. */
  snapshot(positions: Positions): void;
}

/** Thrown by `Monitor.check`. */
export class Cancelled extends Error {
  constructor() {
    super('The map was cancelled');
    this.name = 'Cancelled';
  }
}

/** A monitor that nobody looks at, for short work and for tests. */
export const UNWATCHED: Monitor = {
  check: () => undefined,
  progress: () => undefined,
  snapshot: () => undefined,
};
