/**
 * k-means: Lloyd's iteration from centres that k-means++ draws (Arthur and Vassilvitskii, SODA 2007), the best of
 * several restarts. Every draw comes from a keyed stream, so equal seeds give equal clusters.
 */
import type { RandomStream } from '../random/stream';
import { PURPOSE, randomStream } from '../random/stream';

export interface KMeansSetting {
  readonly clusters: number;
  readonly restarts: number;
  /** Most iterations of one restart; it ends earlier when no row changes its cluster. */
  readonly iterations: number;
  readonly seed: number;
  /** Called before each iteration; what it throws ends the clustering. */
  readonly check?: () => void;
}

export interface Clustering {
  /** Cluster of each row. */
  readonly assignment: Int32Array;
  /** Sum of squared distances to the centres. */
  readonly inertia: number;
}

interface Table {
  /** Row-major [count, width]. */
  readonly rows: Float32Array;
  readonly width: number;
  readonly count: number;
}

/** Clusters the rows. @param rows row-major [samples, width], at least as many samples as clusters */
export function kMeans(rows: Float32Array, width: number, setting: KMeansSetting): Clustering {
  const table = { rows, width, count: rows.length / width };
  let best: Clustering | undefined;
  for (let restart = 0; restart < setting.restarts; restart++) {
    const random = randomStream(setting.seed, PURPOSE.clustering, restart);
    const found = lloyd(table, initialCentres(table, setting.clusters, random), setting);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  if (best === undefined) throw new RangeError('k-means needs at least one restart');
  return best;
}

/** Draws each further centre with probability proportional to the squared distance to the nearest so far. */
function initialCentres(table: Table, clusters: number, random: RandomStream): Float64Array {
  const { count, width } = table;
  const centres = new Float64Array(clusters * width);
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  let chosen = random.integer(count);
  for (let c = 0; c < clusters; c++) {
    centres.set(rowOf(table, chosen), c * width);
    for (let i = 0; i < count; i++) nearest[i] = Math.min(nearest[i], squaredDistance(table, i, centres, c));
    chosen = drawByWeight(nearest, random);
  }
  return centres;
}

function drawByWeight(weights: Float64Array, random: RandomStream): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < weights.length; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  // All weights are zero (every row is a centre already), or rounding used up the last one.
  return weights.length - 1;
}

function lloyd(table: Table, centres: Float64Array, { iterations, check }: KMeansSetting): Clustering {
  const assignment = new Int32Array(table.count).fill(-1);
  let { inertia, moved } = assign(table, centres, assignment);
  for (let i = 0; i < iterations && moved > 0; i++) {
    check?.();
    moveCentres(table, centres, assignment);
    ({ inertia, moved } = assign(table, centres, assignment));
  }
  return { assignment, inertia };
}

/** Gives each row its nearest centre; how many changed. */
function assign(
  table: Table,
  centres: Float64Array,
  assignment: Int32Array,
): { inertia: number; moved: number } {
  const clusters = centres.length / table.width;
  let inertia = 0;
  let moved = 0;
  for (let i = 0; i < table.count; i++) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let c = 0; c < clusters; c++) {
      const distance = squaredDistance(table, i, centres, c);
      if (distance < least) {
        least = distance;
        best = c;
      }
    }
    inertia += least;
    if (assignment[i] !== best) moved++;
    assignment[i] = best;
  }
  return { inertia, moved };
}

/** Puts each centre at the mean of its rows; one without rows moves to the row that is farthest from its centre. */
function moveCentres(table: Table, centres: Float64Array, assignment: Int32Array): void {
  const { width, count } = table;
  const clusters = centres.length / width;
  const sums = new Float64Array(centres.length);
  const counts = new Int32Array(clusters);
  for (let i = 0; i < count; i++) {
    const c = assignment[i];
    counts[c]++;
    for (let k = 0; k < width; k++) sums[c * width + k] += table.rows[i * width + k];
  }
  const isEmpty = (c: number) => counts[c] === 0;
  const lost = Array.from(counts.keys()).filter(isEmpty);
  const far = lost.length === 0 ? [] : farthestRows(table, centres, assignment, lost.length);
  for (let c = 0; c < clusters; c++) {
    if (isEmpty(c)) continue;
    for (let k = 0; k < width; k++) centres[c * width + k] = sums[c * width + k] / counts[c];
  }
  lost.forEach((c, place) => centres.set(rowOf(table, far[place]), c * width));
}

function farthestRows(table: Table, centres: Float64Array, assignment: Int32Array, wanted: number): number[] {
  const distances = Float64Array.from(assignment, (c, i) => squaredDistance(table, i, centres, c));
  return Array.from(distances.keys())
    .sort((a, b) => distances[b] - distances[a])
    .slice(0, wanted);
}

function squaredDistance({ rows, width }: Table, row: number, centres: Float64Array, centre: number): number {
  const from = row * width;
  const to = centre * width;
  let sum = 0;
  for (let k = 0; k < width; k++) {
    const difference = rows[from + k] - centres[to + k];
    sum += difference * difference;
  }
  return sum;
}

function rowOf({ rows, width }: Table, row: number): Float32Array {
  return rows.subarray(row * width, (row + 1) * width);
}
