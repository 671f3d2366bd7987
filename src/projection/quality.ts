/**
 * What a map distorts: for sampled rows, the ranks of all others in full dimension are held against their ranks on
 * the map (Venna and Kaski, 2001). Exact for the sampled rows. Equal distances share the best rank, so copies of a
 * sample, whose order means nothing, never count as a distortion.
 *
 * The part in full dimension is the dear one (about 1 s for 100 rows at 60,000 x 128); who measures several maps of
 * the same vectors keeps `fullDistances` and calls `qualityOf`.
 */
import type { MapQuality } from '../domain/maps/figures';
import type { Metric } from '../domain/maps/request';
import type { Vectors } from '../domain/maps/vectors';
import { permutation } from '../domain/random/permutation';
import { PURPOSE } from '../domain/random/stream';
import { distanceRows, type DistanceRows } from './distanceRows';
import { majority, nearestPlaces, rankExcess } from './ranks';
import type { Monitor, Positions } from './types';

/** Which rows are looked at, and how far. */
export interface QualityOptions {
  /** Neighbours that each figure looks at; at most all others. */
  readonly k: number;
  /** Rows to sample. */
  readonly rows: number;
  readonly seed: number;
  readonly metric: Metric;
  /** Class of each row, -1 for unknown; null without labels. */
  readonly labels: ArrayLike<number> | null;
}

/** Rows whose distances are held at once: 32 at 60,000 samples are 8 MB. */
const BLOCK = 32;

/** Measures one map in blocks of rows, in little memory. Rows without a place on the map are left out of both sides. */
export function mapQuality(
  vectors: Vectors,
  positions: Positions,
  options: QualityOptions,
  monitor: Monitor,
): MapQuality {
  const tally = newTally(positions, options);
  const rows = sampledRows(vectors.count, options);
  for (let start = 0; start < rows.length; start += BLOCK) {
    monitor.progress('measuring the map', start / rows.length);
    const full = distanceRows(vectors, rows.subarray(start, start + BLOCK), options.metric, monitor);
    judge(full, tally, monitor);
  }
  return figuresOf(tally);
}

/** The part of a measurement that is the same for every map of these vectors: 4 bytes per sampled row and sample. */
export function fullDistances(
  vectors: Vectors,
  { rows, seed, metric }: Pick<QualityOptions, 'rows' | 'seed' | 'metric'>,
  monitor: Monitor,
): DistanceRows {
  return distanceRows(vectors, sampledRows(vectors.count, { rows, seed }), metric, monitor);
}

/** Measures a map against distances that are there already: the same figures as `mapQuality`. */
export function qualityOf(
  full: DistanceRows,
  positions: Positions,
  options: Pick<QualityOptions, 'k' | 'labels'>,
  monitor: Monitor,
): MapQuality {
  const tally = newTally(positions, options);
  judge(full, tally, monitor);
  return figuresOf(tally);
}

function sampledRows(count: number, { rows, seed }: Pick<QualityOptions, 'rows' | 'seed'>): Int32Array {
  return permutation(count, seed, PURPOSE.sample).subarray(0, Math.min(rows, count)).sort();
}

/** Sums over the rows that were judged so far. */
interface Tally {
  readonly positions: Positions;
  readonly labels: ArrayLike<number> | null;
  /** 1 for each sample that has a place. */
  readonly placed: Uint8Array;
  readonly placedCount: number;
  readonly k: number;
  rows: number;
  /** Sums of ranks beyond k: of the map's neighbours in full dimension, and the other way round. */
  intruded: number;
  extruded: number;
  kept: number;
  labelled: number;
  mapRight: number;
  fullRight: number;
}

function newTally(positions: Positions, { k, labels }: Pick<QualityOptions, 'k' | 'labels'>): Tally {
  const placed = placedRows(positions);
  const placedCount = placed.reduce((sum, one) => sum + one, 0);
  const sums = { rows: 0, intruded: 0, extruded: 0, kept: 0, labelled: 0, mapRight: 0, fullRight: 0 };
  return { positions, labels, placed, placedCount, k: Math.max(0, Math.min(k, placedCount - 1)), ...sums };
}

function placedRows({ values, count, dimensions }: Positions): Uint8Array {
  const placed = new Uint8Array(count).fill(1);
  values.forEach((value, i) => {
    if (!Number.isFinite(value)) placed[Math.floor(i / dimensions)] = 0;
  });
  return placed;
}

function judge(full: DistanceRows, tally: Tally, monitor: Monitor): void {
  const { count, queries } = full;
  const onMap = new Float32Array(count);
  const inFull = new Float32Array(count);
  queries.forEach((row, q) => {
    if (tally.placed[row] === 0 || tally.k === 0) return;
    monitor.check();
    fillMapDistances(tally, row, onMap);
    inFull.set(full.values.subarray(q * count, (q + 1) * count));
    for (let i = 0; i < count; i++) if (tally.placed[i] === 0) inFull[i] = Number.POSITIVE_INFINITY;
    judgeRow(tally, row, onMap, inFull);
  });
}

/** Squared distances on the map; Infinity to the row itself and to those without a place. */
function fillMapDistances({ positions, placed }: Tally, row: number, distances: Float32Array): void {
  const { values, count, dimensions } = positions;
  const isSolid = dimensions === 3;
  const at = row * dimensions;
  const z = isSolid ? values[at + 2] : 0;
  for (let i = 0, from = 0; i < count; i++, from += dimensions) {
    const dx = values[from] - values[at];
    const dy = values[from + 1] - values[at + 1];
    const dz = isSolid ? values[from + 2] - z : 0;
    distances[i] = placed[i] === 1 ? dx * dx + dy * dy + dz * dz : Number.POSITIVE_INFINITY;
  }
  distances[row] = Number.POSITIVE_INFINITY;
}

function judgeRow(tally: Tally, row: number, onMap: Float32Array, inFull: Float32Array): void {
  const { k, labels } = tally;
  const mapNearest = nearestPlaces(onMap, k);
  const fullNearest = nearestPlaces(inFull, k);
  const intruders = rankExcess(inFull, mapNearest, k);
  tally.rows++;
  tally.intruded += intruders.excess;
  tally.extruded += rankExcess(onMap, fullNearest, k).excess;
  tally.kept += intruders.within / k;
  const own = labels?.[row] ?? -1;
  if (labels === null || own < 0) return;
  tally.labelled++;
  if (majority(mapNearest, labels) === own) tally.mapRight++;
  if (majority(fullNearest, labels) === own) tally.fullRight++;
}

/** A map that judges no row, of one sample or none, distorts nothing. */
function figuresOf(tally: Tally): MapQuality {
  const { k, rows, labelled } = tally;
  const most = rows * largestExcess(tally.placedCount, k);
  const share = (excess: number) => (most > 0 ? 1 - excess / most : 1);
  return {
    k,
    rows,
    trustworthiness: share(tally.intruded),
    continuity: share(tally.extruded),
    overlap: rows > 0 ? tally.kept / rows : 1,
    mapAccuracy: labelled > 0 ? tally.mapRight / labelled : null,
    fullAccuracy: labelled > 0 ? tally.fullRight / labelled : null,
  };
}

/** The sum of ranks beyond k when the k nearest on one side are the k farthest on the other, as far as they differ. */
function largestExcess(count: number, k: number): number {
  return 2 * k < count ? (k * (2 * count - 3 * k - 1)) / 2 : ((count - k) * (count - k - 1)) / 2;
}
