/**
 * The pairs that PaCMAP's forces act on (Wang, Huang, Rudin and Shaposhnik, JMLR 2021): near neighbours by scaled
 * distance, mid-near pairs that carry the arrangement at large, and further pairs, of which any two samples that are
 * no neighbours will do. Pairs are flat: pair p of row i is `partners[i * perRow + p]`.
 */
import type { Vectors } from '../../domain/maps/vectors';
import type { RandomStream } from '../../domain/random/stream';
import type { Monitor, NeighbourGraph } from '../types';

/** So many partners of each row. */
export interface Pairs {
  /** [count, perRow]. */
  readonly partners: Int32Array;
  readonly perRow: number;
}

/** Near, mid-near and further pairs of a sample: the paper's 10, half of that and twice that. */
const NEAR = 10;
const MID_NEAR = 5;
const FURTHER = 20;
/** A mid-near partner is the second nearest of so many that are drawn at random. */
const MID_NEAR_DRAWN = 6;
/** A sample's own scale is its mean distance to these neighbours, counted from 0. */
const SCALE_FROM = 3;
const SCALE_TO = 6;
const ROWS_PER_CHECK = 512;
/** Draws for a further partner that lies near on the map. */
const LOCAL_DRAWS = 32;

/** The neighbours with the least squared distance over the product of both samples' scales. */
export function nearPairs(graph: NeighbourGraph, monitor: Monitor): Pairs {
  const { indices, count, k } = graph;
  const perRow = Math.min(NEAR, k);
  const partners = new Int32Array(count * perRow);
  const scales = ownScales(graph);
  const scaled = new Float64Array(k);
  for (let row = 0; row < count; row++) {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    for (let n = 0; n < k; n++) {
      const length = euclidean(graph, row * k + n);
      scaled[n] = (length * length) / scales[indices[row * k + n]];
    }
    const order = Array.from(scaled.keys()).sort((a, b) => scaled[a] - scaled[b] || a - b);
    for (let p = 0; p < perRow; p++) partners[row * perRow + p] = indices[row * k + order[p]];
  }
  return { partners, perRow };
}

/** Each the second nearest of six samples that are drawn at random. */
export function midNearPairs(
  vectors: Vectors,
  graph: NeighbourGraph,
  random: RandomStream,
  monitor: Monitor,
): Pairs {
  const { count } = vectors;
  const perRow = Math.min(MID_NEAR, Math.floor((count - 1) / 2));
  const partners = new Int32Array(count * perRow);
  const drawn = Math.min(MID_NEAR_DRAWN, count - 1);
  const lengths = graph.metric === 'cosine' ? lengthsOf(vectors) : null;
  for (let row = 0; row < count; row++) {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    for (let p = 0; p < perRow; p++) {
      partners[row * perRow + p] = secondNearest({ vectors, lengths, random }, row, drawn);
    }
  }
  return { partners, perRow };
}

/** Samples that are drawn at random among those that are no near pair of the row. */
export function furtherPairs(near: Pairs, count: number, random: RandomStream, monitor: Monitor): Pairs {
  const perRow = Math.max(0, Math.min(FURTHER, count - 1 - near.perRow));
  const partners = new Int32Array(count * perRow);
  for (let row = 0; row < count; row++) {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    for (let p = 0; p < perRow; p++) partners[row * perRow + p] = drawFurther(near, row, count, random);
  }
  return { partners, perRow };
}

/** What further pairs are drawn again from: where samples lie by now, and how near is near. */
export interface Locality {
  readonly near: Pairs;
  /** [count, dimensions]. */
  readonly values: Float64Array;
  readonly dimensions: number;
  /** Distance on the map. */
  readonly radius: number;
}

/** Draws further pairs again, so that they part samples that came to lie side by side; in place. */
export function drawLocally(further: Pairs, place: Locality, random: RandomStream, monitor: Monitor): void {
  const { partners, perRow } = further;
  const count = place.values.length / place.dimensions;
  for (let row = 0; row < count; row++) {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    for (let p = 0; p < perRow; p++) partners[row * perRow + p] = drawNearby(place, row, random);
  }
}

/** A sample within the radius that is no near pair; any other where some draws find none. */
function drawNearby(place: Locality, row: number, random: RandomStream): number {
  const { near, values, dimensions, radius } = place;
  const count = values.length / dimensions;
  for (let draw = 0; draw < LOCAL_DRAWS; draw++) {
    const drawn = Math.floor(random.uniform() * count);
    // Most draws lie far away: the test that rejects them comes first.
    if (squaredGap(place, row, drawn) <= radius * radius && !isTaken(near, row, drawn)) return drawn;
  }
  return drawFurther(near, row, count, random);
}

function squaredGap({ values, dimensions }: Locality, a: number, b: number): number {
  let sum = 0;
  for (let k = 0; k < dimensions; k++) {
    const gap = values[a * dimensions + k] - values[b * dimensions + k];
    sum += gap * gap;
  }
  return sum;
}

/** Any sample but the row and its near pairs; there is one, because `furtherPairs` asks for none otherwise. */
function drawFurther(near: Pairs, row: number, count: number, random: RandomStream): number {
  for (;;) {
    const drawn = random.integer(count);
    if (!isTaken(near, row, drawn)) return drawn;
  }
}

function isTaken({ partners, perRow }: Pairs, row: number, drawn: number): boolean {
  if (drawn === row) return true;
  for (let p = row * perRow; p < (row + 1) * perRow; p++) if (partners[p] === drawn) return true;
  return false;
}

function ownScales(graph: NeighbourGraph): Float64Array {
  const { count, k } = graph;
  const from = Math.min(SCALE_FROM, k - 1);
  const to = Math.min(SCALE_TO, k);
  const scales = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let n = from; n < to; n++) sum += euclidean(graph, row * k + n);
    // Copies have no distance of their own; any small scale keeps them together.
    scales[row] = Math.max(sum / (to - from), 1e-10);
  }
  return scales;
}

/** Distance of an edge as the paper means it; vectors of unit length at cosine distance c lie sqrt(2 c) apart. */
function euclidean({ distances, metric }: NeighbourGraph, edge: number): number {
  return metric === 'cosine' ? Math.sqrt(2 * Math.max(0, distances[edge])) : distances[edge];
}

interface Drawing {
  readonly vectors: Vectors;
  /** Euclidean length of each vector where the cosine counts; null for Euclidean distance. */
  readonly lengths: Float64Array | null;
  readonly random: RandomStream;
}

function secondNearest(drawing: Drawing, row: number, drawn: number): number {
  const { random, vectors } = drawing;
  let first = row;
  let second = row;
  let least = Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  for (let draw = 0; draw < drawn; draw++) {
    // Skipping the row itself by one step keeps the draw uniform over all others.
    const any = random.integer(vectors.count - 1);
    const partner = any < row ? any : any + 1;
    const distance = remoteness(drawing, row, partner);
    if (distance < least) {
      second = first;
      next = least;
      first = partner;
      least = distance;
    } else if (distance < next) {
      second = partner;
      next = distance;
    }
  }
  return second === row ? first : second;
}

/** A number that grows with the distance. */
function remoteness({ vectors, lengths }: Drawing, a: number, b: number): number {
  const { values, dimensions } = vectors;
  const from = a * dimensions;
  const to = b * dimensions;
  let sum = 0;
  if (lengths === null) {
    for (let k = 0; k < dimensions; k++)
      sum += (values[from + k] - values[to + k]) * (values[from + k] - values[to + k]);
    return sum;
  }
  for (let k = 0; k < dimensions; k++) sum -= values[from + k] * values[to + k];
  const product = lengths[a] * lengths[b];
  return product > 0 ? sum / product : 0;
}

function lengthsOf({ values, count, dimensions }: Vectors): Float64Array {
  return Float64Array.from({ length: count }, (_, row) => {
    let sum = 0;
    for (let k = row * dimensions; k < (row + 1) * dimensions; k++) sum += values[k] * values[k];
    return Math.sqrt(sum);
  });
}
