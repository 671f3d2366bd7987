import { describe, expect, it } from 'vitest';
import { normalisedMutualInformation } from '../../../src/domain/metrics/mutualInformation';
import { clusterRows } from '../../../src/projection/clusters';
import { Cancelled, UNWATCHED } from '../../../src/projection/types';
import { cancelAt, clusters, labelsOf, table } from './support';

const OPTIONS = { clusters: 10, seed: 0, metric: 'cosine' } as const;

describe('groups of rows', () => {
  it('are the clusters that were planted, beyond the rows that centres come from too', () => {
    const data = clusters(6000, 8, { noise: 0.05 });
    const groups = clusterRows(data, OPTIONS, UNWATCHED);
    expect(normalisedMutualInformation(groups, labelsOf(6000))).toBeGreaterThan(0.95);
    expect(clusterRows(data, OPTIONS, UNWATCHED)).toEqual(groups);
  });

  it('are numbered by size', () => {
    const sizes = table(100, 2, (row, k) => (row < 10 ? 5 : row < 40 ? -5 * k : -5 * (1 - k)) + 0.001 * row);
    const groups = clusterRows(sizes, { ...OPTIONS, clusters: 3, metric: 'euclidean' }, UNWATCHED);
    expect([groups[99], groups[20], groups[0]]).toEqual([0, 1, 2]);
  });

  it('are no more than there are rows, and one for copies', () => {
    expect(
      [
        ...clusterRows(
          table(2, 3, (row) => row),
          OPTIONS,
          UNWATCHED,
        ),
      ].sort(),
    ).toEqual([0, 1]);
    expect(
      clusterRows(
        table(0, 3, () => 0),
        OPTIONS,
        UNWATCHED,
      ),
    ).toHaveLength(0);
    expect(
      new Set(
        clusterRows(
          table(5000, 3, () => 1),
          OPTIONS,
          UNWATCHED,
        ),
      ),
    ).toEqual(new Set([0]));
  });

  it('stop when they are told to', () => {
    expect(() => clusterRows(clusters(2000, 8), OPTIONS, cancelAt(3))).toThrow(Cancelled);
  });
});
