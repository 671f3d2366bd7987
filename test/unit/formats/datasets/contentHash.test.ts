/** Sample hashes tell samples apart by content alone. */
import { expect, test } from 'vitest';
import { sampleHashes } from '../../../../src/formats/datasets/contentHash';
import { allocateFeatureSet, allocateImageSet } from '../../../../src/formats/datasets/imageSet';

function images(values: readonly number[][], shape = { height: 2, width: 2 }) {
  const set = allocateImageSet({
    ...shape,
    count: values.length,
    channels: 1,
    classNames: ['a', 'b'],
    part: 'test',
  });
  set.images.set(values.flat());
  return set;
}

test('equal samples of two sets have equal hashes, wherever they stand and however they are labelled', () => {
  const one = images([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
    [1, 2, 3, 4],
  ]);
  const other = images([
    [9, 9, 9, 9],
    [1, 2, 3, 4],
  ]);
  other.labels[1] = 1;
  const hashes = sampleHashes(one);
  expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  expect(hashes[2]).toBe(hashes[0]);
  expect(hashes[1]).not.toBe(hashes[0]);
  expect(sampleHashes(other)[1]).toBe(hashes[0]);
});

test('the same values in another shape are another sample, and features are told apart by every bit', () => {
  expect(sampleHashes(images([[1, 2, 3, 4]]))).not.toEqual(
    sampleHashes(images([[1, 2, 3, 4]], { height: 1, width: 4 })),
  );
  const set = allocateFeatureSet({ count: 2, channels: 2, classNames: ['a'], part: 'test' });
  set.values.set([0.1, 0.2, 0.1, Math.fround(0.2) + 2e-8]);
  const [a, b] = sampleHashes(set);
  expect(a).not.toBe(b);
});
