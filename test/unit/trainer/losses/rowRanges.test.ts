import { describe, expect, test } from 'vitest';
import { rowRanges } from '../../../../src/trainer/losses/rowRanges';

describe('ranges of anchors', () => {
  test.each([
    [10, 4, [4, 4, 2]],
    [10, 0, [10]],
    [1024, 0, [1024]],
    [2050, 0, [512, 512, 512, 512, 2]],
    [2048, 2048, [2048]],
  ])('%d anchors, chunk %d', (anchors, chunk, counts) => {
    const ranges = rowRanges(anchors, chunk);
    expect(ranges.map(({ count }) => count)).toEqual(counts);
    expect(ranges.map(({ from }) => from)).toEqual(
      counts.map((_, i) => counts.slice(0, i).reduce((sum, count) => sum + count, 0)),
    );
  });
});
