/** Columns and figures that follow from neighbours in full dimension: what they vote for, groups, classes. */
import { COLUMN_NAME } from '../../../domain/maps/columns';
import type { Column } from '../../../domain/maps/columns';
import type { ClassFigures } from '../../../domain/maps/figures';
import { classFigures, neighbourPredictions } from '../../../projection/classFigures';
import { clusterRows } from '../../../projection/clusters';
import type { Monitor, NeighbourGraph } from '../../../projection/types';
import type { PaneVectors } from '../sources/paneVectors';
import { packedClasses, spread, spreadCodes } from './rows';
import type { StudySide } from './side';

/** Groups where there are no classes to say how many. */
const DEFAULT_CLUSTERS = 10;
/** A legend of more is not read. */
const MOST_CLUSTERS = 20;
const CORRECT = ['correct', 'wrong'];

/** One epoch of a side. */
export interface DescribedEpoch {
  readonly side: StudySide;
  readonly vectors: PaneVectors;
  readonly graph: NeighbourGraph;
}

/** Prediction, confidence and correctness by the vote of the nearest; empty without classes. */
export function voteColumns({ side, vectors: { rows }, graph }: DescribedEpoch): Column[] {
  const classes = packedClasses(side.pane.classes, rows);
  if (classes === null) return [];
  const votes = neighbourPredictions(graph, classes);
  const count = side.pane.ids.length;
  const correct = votes.codes.map((code, row) => correctness(code, classes.codes[row] ?? -1));
  return [
    {
      kind: 'category',
      name: COLUMN_NAME.prediction,
      isVoted: true,
      categories: [...classes.categories],
      codes: spreadCodes(votes.codes, rows, count),
    },
    {
      kind: 'number',
      name: COLUMN_NAME.confidence,
      isVoted: true,
      values: spread(votes.confidence, rows, count),
    },
    {
      kind: 'category',
      name: COLUMN_NAME.correct,
      isVoted: true,
      categories: [...CORRECT],
      codes: spreadCodes(correct, rows, count),
    },
  ];
}

/** Groups of rows by k-means, as many as there are classes. */
export function clusterColumn(
  { side, vectors: { vectors, rows } }: DescribedEpoch,
  monitor: Monitor,
): Column {
  const { seed, metric } = side.options.request;
  const classes = side.pane.classes?.categories.length ?? DEFAULT_CLUSTERS;
  const clusters = Math.min(Math.max(2, classes), MOST_CLUSTERS, vectors.count);
  const groups = clusterRows(vectors, { clusters, seed, metric }, monitor);
  return {
    kind: 'category',
    name: COLUMN_NAME.cluster,
    categories: Array.from({ length: clusters }, (_, group) => `cluster ${group + 1}`),
    codes: spreadCodes(groups, rows, side.pane.ids.length),
  };
}

/** Figures of each class. @param before graph of the epoch before; null for the first, or where its rows are others */
export function figuresOfClasses(
  { side, vectors: { vectors, rows }, graph }: DescribedEpoch,
  before: NeighbourGraph | null,
): ClassFigures[] {
  const classes = packedClasses(side.pane.classes, rows);
  if (classes === null) return [];
  return classFigures({ vectors, classes, graph, predictions: neighbourPredictions(graph, classes), before });
}

function correctness(code: number, own: number): number {
  if (code < 0 || own < 0) return -1;
  return code === own ? 0 : 1;
}
