/**
 * Two maps are comparable: between two embeddings of which it is known who moved, whoever stayed keeps the place, whoever
 * moved is found, and the second map shows no more order than one that was made without the first.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { alignMaps, type AlignedMap } from '../../../../src/projection/pairs/align';
import { changeColumns } from '../../../../src/projection/pairs/jaccard';
import { sameRows } from '../../../../src/projection/pairs/join';
import { relativeMovement } from '../../../../src/projection/pairs/movement';
import {
  matchDistances,
  radiusOf,
  robustProcrustes,
  transformed,
} from '../../../../src/projection/pairs/procrustes';
import { mapQuality } from '../../../../src/projection/quality';
import { neighbourGraph } from '../../../../src/projection/neighbours/neighbourGraph';
import { UNWATCHED, type Positions } from '../../../../src/projection/types';
import { pcaStart } from '../../../../src/projection/umap/start';
import { umap } from '../../../../src/projection/umap/umap';
import { plantedPair } from './plantedPair';

const COUNT = 2000;
/** Of maps that stand alone. */
const EPOCHS = 300;

const pair = plantedPair({ count: COUNT, dimensions: 128, movedShare: 0.06, noise: 0.1, seed: 42 });
const join = sameRows(COUNT);
const matches = { reference: join.rightOf, moved: join.rightOf };
const graphs = [pair.left, pair.right].map((vectors) =>
  neighbourGraph(vectors, { k: 15, metric: 'cosine', seed: 0 }, UNWATCHED),
);
const [left, right] = graphs;

function independent(side: 'left' | 'right'): Positions {
  const start = pcaStart(pair[side], { dimensions: 2, seed: 0 }, UNWATCHED);
  return umap(side === 'left' ? left : right, { start, seed: 0, epochs: EPOCHS }, UNWATCHED);
}

function aligned(reference: Positions): AlignedMap {
  return alignMaps(
    { graph: left, classes: null, positions: reference },
    {
      graph: right,
      classes: null,
      takesAnchors: true,
      layOut: ({ start, anchors, pace }, monitor) =>
        umap(
          right,
          { start: start ?? reference, seed: 0, ...pace, ...(anchors === null ? {} : { anchors }) },
          monitor,
        ),
    },
    { join },
    UNWATCHED,
  );
}

/** Median distance of the samples that stayed, in radii of the reference. */
function shift(reference: Positions, map: Positions): number {
  const distances = matchDistances(reference, map, matches).filter((_, row) => pair.isMoved[row] === 0);
  return distances.sort()[distances.length >> 1] / radiusOf(reference);
}

/** How well a number tells the moved samples: the chance that it is larger for one of them than for another sample. */
function areaUnderCurve(values: ArrayLike<number>): number {
  const order = Array.from({ length: COUNT }, (_, row) => row).sort((a, b) => values[a] - values[b]);
  let [stayed, ordered] = [0, 0];
  for (const row of order) {
    if (pair.isMoved[row] === 0) stayed++;
    else ordered += stayed;
  }
  return ordered / (stayed * (COUNT - stayed));
}

function quality(map: Positions) {
  const options = { k: 15, rows: 500, seed: 1, metric: 'cosine', labels: pair.labels } as const;
  const { mapAccuracy, trustworthiness } = mapQuality(pair.right, map, options, UNWATCHED);
  return { accuracy: mapAccuracy ?? Number.NaN, trustworthiness };
}

describe('a map laid over another', () => {
  let reference: Positions;
  let honest: Positions;
  let map: AlignedMap;

  beforeAll(() => {
    reference = independent('left');
    honest = independent('right');
    map = aligned(reference);
  }, 180_000);

  test('keeps whoever stayed in place, which a map of its own does not', () => {
    expect(shift(reference, map.positions)).toBeLessThanOrEqual(0.08);
    expect(map.alignment.residual).toBeLessThanOrEqual(0.08);
    expect(map.alignment).toMatchObject({ anchoredShare: 0.75, pull: 0.1, isWeak: false });
    const laidOver = transformed(honest, robustProcrustes(reference, honest, matches));
    expect(shift(reference, laidOver)).toBeGreaterThan(0.16);
  });

  test('finds whoever moved by the change of neighbours, and on the map', () => {
    expect(areaUnderCurve(changeColumns(map.change, join).left)).toBeGreaterThanOrEqual(0.98);
    const movement = relativeMovement(
      { graph: left, classes: null, positions: reference },
      map.positions,
      join,
      UNWATCHED,
    );
    expect(areaUnderCurve(movement)).toBeGreaterThanOrEqual(0.98);
  });

  test('is as true to its vectors as a map of its own, and no more in order', () => {
    const [ours, theirs] = [quality(map.positions), quality(honest)];
    expect(ours.accuracy).toBeLessThanOrEqual(theirs.accuracy + 0.01);
    expect(ours.trustworthiness).toBeGreaterThan(theirs.trustworthiness - 0.01);
  });
});
