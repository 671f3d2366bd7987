/**
 * How far each sample moved on a map beside its own neighbours: a cluster that drifts as a whole has moved nobody.
 * It illustrates; what is ranked is the change of neighbours in full dimension (jaccard.ts).
 */
import type { Monitor, Positions } from '../types';
import type { PlacedMap } from './align';
import { NONE, type Join } from './join';
import { radiusOf } from './procrustes';

/** Rows between two looks at the monitor. */
const ROWS_PER_CHECK = 2048;

/**
 * Length of each left row's move less the median move of its shared neighbours on the left, in root mean square radii of
 * the left map. NaN for a row that is not shared, has no place, or has no neighbour that does.
 */
export function relativeMovement(
  left: PlacedMap,
  right: Positions,
  join: Join,
  monitor: Monitor,
): Float32Array {
  const { graph, positions } = left;
  const { dimensions } = positions;
  const moves = movesOf(positions, right, join);
  const radius = radiusOf(positions);
  const scratch = new Float64Array(graph.k);
  return Float32Array.from({ length: graph.count }, (_, row) => {
    if (row % ROWS_PER_CHECK === 0) monitor.check();
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      for (let n = 0; n < graph.k; n++) scratch[n] = moves[graph.indices[row * graph.k + n] * dimensions + d];
      const rest = moves[row * dimensions + d] - medianOfKnown(scratch);
      sum += rest * rest;
    }
    return radius > 0 ? Math.sqrt(sum) / radius : sum;
  });
}

/** [left rows, dimensions], NaN where a row has no place on both maps. */
function movesOf(left: Positions, right: Positions, join: Join): Float64Array {
  const { dimensions } = left;
  const moves = new Float64Array(left.values.length).fill(Number.NaN);
  join.rightOf.forEach((partner, row) => {
    if (partner === NONE) return;
    for (let d = 0; d < dimensions; d++) {
      moves[row * dimensions + d] =
        right.values[partner * dimensions + d] - left.values[row * dimensions + d];
    }
  });
  return moves;
}

/** The lower median of the numbers, in place, of which NaN sort last; NaN if there is none. */
function medianOfKnown(values: Float64Array): number {
  values.sort();
  let known = values.length;
  while (known > 0 && Number.isNaN(values[known - 1])) known--;
  return known === 0 ? Number.NaN : values[(known - 1) >> 1];
}
