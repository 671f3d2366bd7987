import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../../../src/formats/datasets/contentHash';
import { openDataset } from '../../../../src/formats/datasets/dataset';
import { allocateImageSet } from '../../../../src/formats/datasets/imageSet';
import { idxBytes, writeIdxFolder } from './idxBytes';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();

describe('opening a data set', () => {
  it('gives both parts and a hash that follows the content', async () => {
    writeIdxFolder(folder());
    const request = { kind: 'idx', path: folder(), seed: 1 } as const;
    const first = await openDataset(request);
    expect(first.kind).toBe('idx');
    expect(first.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect((await openDataset({ ...request, seed: 2 })).contentHash).toBe(first.contentHash);
    writeIdxFolder(folder(), { 't10k-labels-idx1-ubyte': idxBytes([3], [2, 1, 1]) });
    expect((await openDataset(request)).contentHash).not.toBe(first.contentHash);
  });

  it('needs a path for files', async () => {
    for (const kind of ['idx', 'cifar-10'] as const) {
      await expect(openDataset({ kind, seed: 1 })).rejects.toThrow(/needs dataset\.path/);
      await expect(openDataset({ kind, path: '', seed: 1 })).rejects.toThrow(/needs dataset\.path/);
    }
  });
});

describe('the content hash', () => {
  const shape = {
    count: 1,
    height: 1,
    width: 2,
    channels: 1,
    classNames: ['a', 'b'],
    part: 'train',
  } as const;

  it('is SHA-256 over shape, labels and pixels', () => {
    const set = allocateImageSet(shape);
    set.images.set([5, 6]);
    set.labels[0] = 1;
    const expected = createHash('sha256')
      .update('1,1,2,1;')
      .update(Uint8Array.of(1, 0, 0, 0, 5, 6))
      .digest('hex');
    expect(contentHash([set])).toBe(expected);
  });

  it('tells shapes apart that hold the same bytes', () => {
    const wide = allocateImageSet(shape);
    const high = allocateImageSet({ ...shape, height: 2, width: 1 });
    expect(contentHash([wide])).not.toBe(contentHash([high]));
  });
});
