import { expect, it } from 'vitest';
import { plainBatches } from '../../../../src/trainer/data/plainBatches';
import { featureSet, patternSet } from './patternSet';

const STATISTICS = { mean: [0.5, 0.25, 0], deviation: [0.5, 0.25, 2] };

it('plain batches hold every named image once, in order, normalised', () => {
  const set = patternSet(20);
  const indices = Int32Array.of(7, 3, 19, 0, 4);
  const seen: number[][] = [];
  const counts: number[] = [];
  for (const { images, count } of plainBatches({ set, indices, batchSize: 2, statistics: STATISTICS })) {
    counts.push(count);
    expect(images).toHaveLength(2 * 48);
    for (let row = 0; row < 2; row++) {
      seen.push([...images.subarray(row * 48, (row + 1) * 48)]);
    }
  }
  expect(counts).toEqual([2, 2, 1]);
  // The last batch is filled up with its last image.
  for (const [row, index] of [...indices, 4].entries()) {
    seen[row].forEach((value, i) => {
      const pixel = set.images[index * 48 + i] / 255;
      expect(value).toBeCloseTo((pixel - STATISTICS.mean[i % 3]) / STATISTICS.deviation[i % 3], 5);
    });
  }
});

it('plain batches of features are standardised', () => {
  const set = featureSet(4);
  const [{ images, count }] = [
    ...plainBatches({ set, indices: Int32Array.of(3, 1), batchSize: 2, statistics: STATISTICS }),
  ];
  expect(count).toBe(2);
  [9, 10, 11, 3, 4, 5].forEach((from, i) => {
    const { mean, deviation } = STATISTICS;
    expect(images[i]).toBeCloseTo((set.values[from] - mean[i % 3]) / deviation[i % 3], 5);
  });
});

it('plain batches of nothing are none', () => {
  const set = patternSet(1);
  expect([
    ...plainBatches({ set, indices: new Int32Array(0), batchSize: 2, statistics: STATISTICS }),
  ]).toEqual([]);
});
