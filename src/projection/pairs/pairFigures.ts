/** The figures of two maps: how much they share, how much changed, how well one lies over the other, class by class. */
import type { Alignment, ClassChange, ClassFigures, PairFigures } from '../../domain/maps/figures';
import type { NeighbourChange } from './jaccard';
import { sharedRows, type Join } from './join';
import type { Classes } from './landmarks';

/** One side of the pair. */
export interface PairSide {
  /** Null without classes. */
  readonly classes: Classes | null;
  readonly figures: readonly ClassFigures[];
}

/** What was found out of two maps. */
export interface Pair {
  readonly left: PairSide;
  readonly right: PairSide;
  readonly join: Join;
  readonly change: NeighbourChange;
  /** Linear centred kernel alignment of the shared rows' vectors. */
  readonly cka: number;
  readonly alignment: Alignment;
}

/** The figures of a pair; classes are the same by name, in the order of the left and then of the right side. */
export function pairFigures({ left, right, join, change, cka, alignment }: Pair): PairFigures {
  return {
    shared: join.shared,
    onlyLeft: join.onlyLeft,
    onlyRight: join.onlyRight,
    joinedBy: join.joinedBy,
    k: change.k,
    jaccardMedian: change.median,
    jaccardHistogram: change.histogram,
    cka,
    alignment,
    classes: classChanges(left, right, meanChanges(left.classes, join, change.values)),
  };
}

function classChanges(
  left: PairSide,
  right: PairSide,
  changes: ReadonlyMap<string, number>,
): readonly ClassChange[] {
  const sides = [left, right].map(({ figures }) => new Map(figures.map((figure) => [figure.name, figure])));
  const names = new Set([left, right].flatMap(({ figures }) => figures.map(({ name }) => name)));
  return [...names].map((name) => {
    const [ours, theirs] = sides.map((side) => side.get(name));
    return {
      name,
      left: ours?.count ?? 0,
      right: theirs?.count ?? 0,
      change: changes.get(name) ?? Number.NaN,
      leftAccuracy: ours?.accuracy ?? Number.NaN,
      rightAccuracy: theirs?.accuracy ?? Number.NaN,
    };
  });
}

/** Mean of 1 - index over the shared rows of each class that have one, by the classes of the left. */
function meanChanges(classes: Classes | null, join: Join, values: Float32Array): ReadonlyMap<string, number> {
  if (classes === null) return new Map();
  const sums = new Float64Array(classes.categories.length);
  const counts = new Float64Array(classes.categories.length);
  for (const row of sharedRows(join)) {
    const code = classes.codes[row];
    if (code < 0 || Number.isNaN(values[row])) continue;
    sums[code] += 1 - values[row];
    counts[code]++;
  }
  return new Map(classes.categories.map((name, code) => [name, sums[code] / counts[code]]));
}
