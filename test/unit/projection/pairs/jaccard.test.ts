/** The change of neighbour sets, against the same index computed with sets of ids. */
import { describe, expect, test } from 'vitest';
import { permutation } from '../../../../src/domain/random/permutation';
import { neighbourChange } from '../../../../src/projection/pairs/jaccard';
import { joinRows, sameRows } from '../../../../src/projection/pairs/join';
import type { NeighbourGraph } from '../../../../src/projection/types';

const K = 15;

/** A graph of random neighbours, of which the first `kept` are the same for every seed. */
function randomGraph(count: number, seed: number, kept = 0): NeighbourGraph {
  const indices = new Int32Array(count * K);
  for (let row = 0; row < count; row++) {
    const common = others(row, permutation(count, 0, row)).slice(0, kept);
    const own = others(row, permutation(count, seed, row)).filter((other) => !common.includes(other));
    indices.set([...common, ...own].slice(0, K), row * K);
  }
  return { indices, distances: new Float32Array(count * K), count, k: K, metric: 'cosine' };
}

function others(row: number, order: Int32Array): number[] {
  return [...order].filter((other) => other !== row);
}

/** Nearest neighbours by id, of those that the other side knows. */
function neighbourIds(
  graph: NeighbourGraph,
  row: number,
  ids: readonly string[],
  known: ReadonlySet<string>,
) {
  const rows = graph.indices.subarray(row * graph.k, (row + 1) * graph.k);
  return [...rows].map((other) => ids[other] ?? '').filter((id) => known.has(id));
}

function indexOfSets(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const both = [...a].filter((id) => b.has(id)).length;
  return both / (a.size + b.size - both);
}

describe('neighbourChange', () => {
  test('is the index of the sets of neighbours where all rows are shared', () => {
    const [left, right] = [randomGraph(120, 1, 8), randomGraph(120, 2, 8)];
    const { values, median, histogram } = neighbourChange(left, right, { join: sameRows(120), k: K });
    const ids = Array.from({ length: 120 }, (_, row) => `s${row}`);
    const expected = ids.map((_, row) =>
      indexOfSets(
        new Set(neighbourIds(left, row, ids, new Set(ids))),
        new Set(neighbourIds(right, row, ids, new Set(ids))),
      ),
    );
    values.forEach((value, row) => expect(value).toBeCloseTo(expected[row] ?? Number.NaN, 6));
    expect(median).toBeCloseTo([...expected].sort((a, b) => a - b)[60] ?? 0, 1);
    expect(histogram.reduce((sum, bin) => sum + bin, 0)).toBe(120);
    expect(histogram).toHaveLength(20);
  });

  test('leaves out neighbours of one side alone, and compares equally long lists of the nearest', () => {
    const [left, right] = [randomGraph(150, 3, 10), randomGraph(140, 4, 10)];
    const leftIds = Array.from({ length: 150 }, (_, row) => `s${row}`);
    const rightIds = Array.from({ length: 140 }, (_, row) => `s${(row * 3 + 40) % 190}`);
    const join = joinRows(
      { dataset: 'd', ids: leftIds, contents: null },
      { dataset: 'd', ids: rightIds, contents: null },
    );
    const { values } = neighbourChange(left, right, { join, k: K });
    const shared = new Set(leftIds.filter((id) => rightIds.includes(id)));
    leftIds.forEach((id, row) => {
      const ours = neighbourIds(left, row, leftIds, shared);
      const theirs = neighbourIds(right, Math.max(0, rightIds.indexOf(id)), rightIds, shared);
      const size = shared.has(id) ? Math.min(ours.length, theirs.length) : 0;
      const index = indexOfSets(new Set(ours.slice(0, size)), new Set(theirs.slice(0, size)));
      if (size === 0) expect(values[row]).toBeNaN();
      else expect(values[row]).toBeCloseTo(index, 6);
    });
    expect(values.filter((value) => !Number.isNaN(value))).toHaveLength(shared.size);
  });

  test('is 1 for a side and itself, whatever the order of its rows', () => {
    const count = 60;
    const graph = randomGraph(count, 5);
    const order = permutation(count, 9);
    const place = new Int32Array(count);
    order.forEach((row, at) => (place[row] = at));
    const indices = new Int32Array(count * K);
    order.forEach((row, at) =>
      indices.set(
        graph.indices.subarray(row * K, (row + 1) * K).map((other) => place[other] ?? 0),
        at * K,
      ),
    );
    const ids = Array.from({ length: count }, (_, row) => `s${row}`);
    const join = joinRows(
      { dataset: 'd', ids, contents: null },
      { dataset: 'd', ids: [...order].map((row) => `s${row}`), contents: null },
    );
    const { values, median, histogram } = neighbourChange(graph, { ...graph, indices }, { join, k: K });
    expect(values.every((value) => value === 1)).toBe(true);
    expect([median, histogram.at(-1)]).toEqual([1, count]);
  });

  test('looks at no more neighbours than either graph has, and says how many', () => {
    const graph = randomGraph(40, 6);
    expect(neighbourChange(graph, graph, { join: sameRows(40), k: 200 }).k).toBe(K);
    expect(neighbourChange(graph, graph, { join: sameRows(40), k: 5 }).k).toBe(5);
  });

  test('has no index, and no median, without a shared neighbour', () => {
    const graph = randomGraph(40, 7);
    const ids = Array.from({ length: 40 }, (_, row) => `s${row}`);
    const join = joinRows(
      { dataset: 'd', ids, contents: null },
      { dataset: 'd', ids: ids.map((id, row) => (row === 3 ? id : `other ${id}`)), contents: null },
    );
    const { values, median, histogram } = neighbourChange(graph, graph, { join, k: K });
    expect(values.every((value) => Number.isNaN(value))).toBe(true);
    expect(median).toBeNaN();
    expect(Math.max(...histogram)).toBe(0);
  });
});
