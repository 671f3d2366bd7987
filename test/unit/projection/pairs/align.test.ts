/** What the method is told when a map is laid over another, and what the result says of itself. */
import { describe, expect, test, vi } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import {
  alignMaps,
  NO_HINTS,
  type LayoutHints,
  type PlacedMap,
} from '../../../../src/projection/pairs/align';
import { sameRows } from '../../../../src/projection/pairs/join';
import { matchDistances, radiusOf, transformed } from '../../../../src/projection/pairs/procrustes';
import { Cancelled, UNWATCHED, type Positions } from '../../../../src/projection/types';
import { classesOf, fixedMap, graphOf, groups, joinOf, upTo } from './maps';

const COUNT = 200;
const CLASSES = 5;
/** A quarter turn with a mirror. */
const ELSEWHERE = { scale: 3, turn: Float64Array.of(0, 1, 1, 0), shift: Float64Array.of(50, -20) };

function placed(positions: Positions): PlacedMap {
  return { positions, graph: graphOf(positions, 15), classes: classesOf(positions.count, CLASSES) };
}

/** Lays out by what it is told, and keeps that. */
function listener() {
  const heard: LayoutHints[] = [];
  return {
    heard,
    seen: (hints: LayoutHints) => (heard.push(hints), hints.start ?? groups(1, 1, randomStream(0))),
  };
}

describe('alignMaps', () => {
  const map = groups(COUNT, CLASSES, randomStream(1));
  const rows = Int32Array.from(upTo(COUNT));

  test('starts at the reference, pulls stable samples alone, and lays the result over it', () => {
    const { heard, seen } = listener();
    // Ten samples lie in another group now: their neighbours are others.
    const values = map.values.slice();
    for (let row = 0; row < 10; row++)
      values.set(map.values.subarray(2 * (row + 101), 2 * (row + 102)), 2 * row);
    const other = { ...map, values };
    const result = alignMaps(
      placed(map),
      fixedMap(transformed(other, ELSEWHERE), { seen, classes: classesOf(COUNT, CLASSES) }),
      { join: sameRows(COUNT) },
      UNWATCHED,
    );
    expect(heard[0]?.start?.values).toEqual(map.values);
    const pull = heard[0]?.anchors?.pull ?? new Float32Array();
    expect(pull.filter((value) => value > 0)).toHaveLength(150);
    expect(pull.subarray(0, 10).every((value) => value === 0)).toBe(true);
    expect(heard[0]?.anchors?.positions.values).toEqual(map.values);
    expect(result.alignment).toMatchObject({ anchoredShare: 0.75, pull: 0.1, isWeak: false });
    expect(result.alignment.residual).toBeLessThan(1e-4);
    const distances = matchDistances(map, result.positions, { reference: rows, moved: rows });
    expect(Math.max(...distances.subarray(10)) / radiusOf(map)).toBeLessThan(1e-3);
    expect(Math.min(...distances.subarray(0, 10))).toBeGreaterThan(1);
    expect(Math.max(...result.change.values.subarray(0, 10))).toBeLessThan(0.2);
  });

  test('tells a method without anchors of none, and says so', () => {
    const { heard, seen } = listener();
    const scores = fixedMap(transformed(map, ELSEWHERE), { seen, takesAnchors: false });
    const { alignment, positions } = alignMaps(placed(map), scores, { join: sameRows(COUNT) }, UNWATCHED);
    expect(heard[0]?.anchors).toBeNull();
    expect(alignment).toMatchObject({ anchoredShare: 0, pull: 0, isWeak: false });
    positions.values.forEach((value, i) => expect(value).toBeCloseTo(map.values[i] ?? Number.NaN, 3));
  });

  test('is weak where few samples are shared: the method starts on its own, and classes are laid over each other', () => {
    const { heard, seen } = listener();
    const other = groups(COUNT, CLASSES, randomStream(2));
    const result = alignMaps(
      placed(map),
      fixedMap(transformed(other, ELSEWHERE), { seen, classes: classesOf(COUNT, CLASSES) }),
      {
        join: joinOf(
          upTo(COUNT),
          upTo(COUNT).map((row) => row + 160),
        ),
      },
      UNWATCHED,
    );
    expect(heard[0]).toEqual(NO_HINTS);
    expect(result.alignment).toMatchObject({ anchoredShare: 0, pull: 0, isWeak: true });
    // The centres of clouds of 40 lie within a quarter of a deviation of one another.
    expect(result.alignment.residual).toBeLessThan(0.05);
    const distances = matchDistances(map, result.positions, { reference: rows, moved: rows });
    expect([...distances].sort((a, b) => a - b)[COUNT / 2]).toBeLessThan(3);
  });

  test('is weak where neighbours are all others: it starts at the reference but nothing is pulled', () => {
    const { heard, seen } = listener();
    const random = randomStream(3);
    const values = Float32Array.from({ length: 2 * COUNT }, () => random.normal());
    const other = fixedMap({ ...map, values }, { seen });
    const { alignment } = alignMaps(
      placed(map),
      {
        ...other,
        graph: { ...other.graph, indices: other.graph.indices.map((row) => (row * 7 + 3) % COUNT) },
      },
      { join: sameRows(COUNT) },
      UNWATCHED,
    );
    expect(heard[0]?.start?.values).toEqual(map.values);
    expect(heard[0]?.anchors).toBeNull();
    expect(alignment.isWeak).toBe(true);
    expect(alignment.residual).toBeGreaterThan(0);
  });

  test('shares nothing without a number that is not finite on the map', () => {
    const other = fixedMap(groups(30, 3, randomStream(4)));
    const result = alignMaps(
      placed(map),
      other,
      {
        join: joinOf(
          upTo(COUNT),
          upTo(30).map((row) => -row - 1),
        ),
      },
      UNWATCHED,
    );
    expect(result.positions.values.every(Number.isFinite)).toBe(true);
    expect(result.alignment.isWeak).toBe(true);
    expect(result.alignment.residual).toBeNaN();
  });

  test('stops when the method does', () => {
    const other = fixedMap(map, {
      seen: vi.fn(() => {
        throw new Cancelled();
      }),
    });
    expect(() => alignMaps(placed(map), other, { join: sameRows(COUNT) }, UNWATCHED)).toThrow(Cancelled);
  });
});
