/**
 * Where the samples of one map start when they are laid out after another: shared samples at their place on the
 * reference, all others among their own neighbours, so that nobody has to find the way across the map.
 */
import type { NeighbourGraph, Positions } from '../types';
import { NONE, type Join } from './join';

/** Rounds in which places spread from neighbour to neighbour; whoever is further from all placed rows is not held by them. */
const MOST_ROUNDS = 50;

/**
 * One place for each right row: its partner's, or the mean of its placed neighbours, the nearer the heavier, round by
 * round. A row that no placed row is linked to starts on one of them, each on another, so that they do not start as one.
 * @param reference positions of the left rows, NaN for a row without a place; at least one shared row has one
 */
export function startPositions(reference: Positions, graph: NeighbourGraph, join: Join): Positions {
  const { dimensions } = reference;
  const values = new Float32Array(graph.count * dimensions).fill(Number.NaN);
  const start = { values, count: graph.count, dimensions };
  join.leftOf.forEach((row, n) => {
    if (row !== NONE) copyPlace(reference, row, start, n);
  });
  let open = rowsWithoutPlace(start);
  const seats = Int32Array.from(join.leftOf.keys()).filter((row) => isPlaced(start, row));
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    const before = open.length;
    placeAmongNeighbours(start, graph, open);
    open = open.filter((row) => !isPlaced(start, row));
    if (open.length === before) break;
  }
  open.forEach((row, n) => copyPlace(start, seats[n % seats.length], start, row));
  return start;
}

function isPlaced({ values, dimensions }: Positions, row: number): boolean {
  return !Number.isNaN(values[row * dimensions]);
}

function rowsWithoutPlace(map: Positions): Int32Array {
  return Int32Array.from({ length: map.count }, (_, row) => row).filter((row) => !isPlaced(map, row));
}

function copyPlace(from: Positions, fromRow: number, to: Positions, toRow: number): void {
  for (let k = 0; k < to.dimensions; k++) {
    to.values[toRow * to.dimensions + k] = from.values[fromRow * to.dimensions + k];
  }
}

/** Places the rows that have placed neighbours, all of them by the places there were before. */
function placeAmongNeighbours(start: Positions, graph: NeighbourGraph, rows: Int32Array): void {
  const { dimensions, values } = start;
  const places = new Float32Array(rows.length * dimensions);
  rows.forEach((row, n) => {
    const place = places.subarray(n * dimensions, (n + 1) * dimensions);
    addNeighbours(place, start, graph, row);
  });
  rows.forEach((row, n) =>
    values.set(places.subarray(n * dimensions, (n + 1) * dimensions), row * dimensions),
  );
}

/** Sets the place to the mean of the row's placed neighbours, weighted by 1 / (distance + mean distance); NaN for none. */
function addNeighbours(place: Float32Array, start: Positions, graph: NeighbourGraph, row: number): void {
  const { k, indices, distances } = graph;
  const typical = meanOf(distances.subarray(row * k, (row + 1) * k));
  let total = 0;
  for (let n = row * k; n < (row + 1) * k; n++) {
    if (!isPlaced(start, indices[n])) continue;
    const weight = typical > 0 ? typical / (distances[n] + typical) : 1;
    total += weight;
    for (let d = 0; d < place.length; d++) place[d] += weight * start.values[indices[n] * place.length + d];
  }
  for (let d = 0; d < place.length; d++) place[d] /= total;
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
