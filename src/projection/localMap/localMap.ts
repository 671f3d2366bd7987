/**
 * LocalMAP, the slower map with the better neighbourhoods (Wang, Sun, Huang and Rudin, AAAI 2025): PaCMAP's forces in
 * three phases, first the arrangement at large, then near neighbours, and last, with short edges strengthened and
 * further pairs drawn again among samples that came to lie side by side, the gaps between clusters. Every step moves
 * all samples at once by Adam.
 */
import type { Vectors } from '../../domain/maps/vectors';
import { PURPOSE, randomStream } from '../../domain/random/stream';
import type { Monitor, NeighbourGraph, Positions } from '../types';
import { fillGradient, type Forces, type Layout, type Weights } from './forces';
import { drawLocally, furtherPairs, midNearPairs, nearPairs } from './pairs';

/** Where a map begins, and what it is drawn by. */
export interface LocalMapOptions {
  /**
   * `sketch`: only the arrangement at large is taken over, at any scale, for example of principal components.
   * `map`: a LocalMAP of nearly the same samples, of which neighbourhoods alone are refined, so that it stays comparable.
   */
  readonly start: { readonly positions: Positions; readonly kind: 'sketch' | 'map' };
  readonly seed: number;
}

/** Steps of the three phases. */
const PHASES = [100, 100, 250] as const;
/** LocalMAP's distance on the map within which further pairs are drawn, and at twice which edges count as they are. */
const RADIUS = 10;
const STEPS_PER_DRAW = 10;
const STEPS_PER_SNAPSHOT = 25;
/** Root mean square radius of a sketch at its start, in units of the map. */
const SKETCH_RADIUS = 0.01;

/** The map of these vectors. @param graph of the same vectors, 10 neighbours or more; 15 to 60 are sensible */
export function localMap(
  vectors: Vectors,
  graph: NeighbourGraph,
  options: LocalMapOptions,
  monitor: Monitor,
): Positions {
  const { start, seed } = options;
  const layout = layoutOf(start);
  if (vectors.count < 2) return positionsOf(layout);
  const near = nearPairs(graph, monitor);
  const forces = {
    near,
    midNear: midNearPairs(vectors, graph, randomStream(seed, PURPOSE.pairs, 0), monitor),
    further: furtherPairs(near, vectors.count, randomStream(seed, PURPOSE.pairs, 1), monitor),
  };
  descend(layout, forces, { first: start.kind === 'map' ? PHASES[0] + PHASES[1] : 0, seed }, monitor);
  return positionsOf(layout);
}

/** Weights of the paper at a step, counted from 0 over all phases. */
export function weightsAt(step: number): Weights {
  const [first, second] = PHASES;
  if (step < first) {
    const share = step / first;
    return { near: 2, midNear: 1000 * (1 - share) + 3 * share, further: 1, radius: null };
  }
  if (step < first + second) return { near: 3, midNear: 3, further: 1, radius: null };
  return { near: 1, midNear: 0, further: 1, radius: RADIUS };
}

interface Descent {
  /** Step to begin with. */
  readonly first: number;
  readonly seed: number;
}

function descend(layout: Layout, forces: Forces, { first, seed }: Descent, monitor: Monitor): void {
  const move = adam(layout);
  const last = PHASES[0] + PHASES[1] + PHASES[2];
  for (let step = first; step < last; step++) {
    const weights = weightsAt(step);
    if (weights.radius !== null && step % STEPS_PER_DRAW === 0) {
      const place = {
        near: forces.near,
        values: layout.values,
        dimensions: layout.dimensions,
        radius: weights.radius,
      };
      drawLocally(forces.further, place, randomStream(seed, PURPOSE.pairs, 2, step), monitor);
    }
    fillGradient(layout, forces, weights, monitor);
    move();
    monitor.progress('refining neighbourhoods', (step - first + 1) / (last - first));
    if (step % STEPS_PER_SNAPSHOT === 0) monitor.snapshot(positionsOf(layout));
  }
}

/** A step of Adam (Kingma and Ba, 2015) with the paper's rate of 1: moves all values against their gradient. */
function adam({ values, gradient }: Layout): () => void {
  const [keepMean, keepSquare] = [0.9, 0.999];
  const mean = new Float64Array(values.length);
  const square = new Float64Array(values.length);
  let meanBias = 1;
  let squareBias = 1;
  return () => {
    meanBias *= keepMean;
    squareBias *= keepSquare;
    const rate = Math.sqrt(1 - squareBias) / (1 - meanBias);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i];
      mean[i] += (1 - keepMean) * (g - mean[i]);
      square[i] += (1 - keepSquare) * (g * g - square[i]);
      values[i] -= (rate * mean[i]) / (Math.sqrt(square[i]) + 1e-7);
    }
  };
}

function layoutOf({ positions, kind }: LocalMapOptions['start']): Layout {
  const { dimensions } = positions;
  const values = Float64Array.from(positions.values);
  if (kind === 'sketch') scaleTo(values, dimensions, SKETCH_RADIUS);
  return { values, gradient: new Float64Array(values.length), dimensions };
}

/** Centres the values, and gives them this root mean square radius unless they are all one point; in place. */
function scaleTo(values: Float64Array, dimensions: number, radius: number): void {
  const count = values.length / dimensions;
  const centre = new Float64Array(dimensions);
  values.forEach((value, i) => (centre[i % dimensions] += value / count));
  let sum = 0;
  values.forEach((value, i) => {
    values[i] = value - centre[i % dimensions];
    sum += values[i] * values[i];
  });
  const factor = sum > 0 ? radius / Math.sqrt(sum / count) : 1;
  values.forEach((value, i) => (values[i] = value * factor));
}

function positionsOf({ values, dimensions }: Layout): Positions {
  const map = dimensions === 3 ? 3 : 2;
  return { values: Float32Array.from(values), count: values.length / dimensions, dimensions: map };
}
