import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectDatasetKind } from '../../../src/cli/detect';
import { HumanError } from '../../../src/domain/errors';
import { zipOf } from '../engine/tensorflowInstall/zip';
import { writeTree } from '../formats/datasets/imageFiles';
import { useTemporaryFolder } from '../formats/datasets/temporaryFolder';

const folder = useTemporaryFolder();
const cache = (): string => join(folder(), 'cache');

describe('the kind of a data set', () => {
  it.each([
    ['idx', ['train-images-idx3-ubyte.gz']],
    ['cifar-10', ['data_batch_1.bin', 'batches.meta.txt']],
    ['cifar-100', ['train.bin', 'test.bin', 'fine_label_names.txt']],
    ['arrays', ['x_train.npy', 'y_train.npy']],
    ['index', ['labels.csv', 'images/1.png']],
    ['folders', ['train/a/1.png', 'README.md']],
    ['folders', ['a/1.png', 'b/1.png']],
    ['folders', ['outer/a/1.png', 'outer/b/1.png']],
    ['cifar-10', ['cifar-10-batches-bin/test_batch.bin']],
  ] as const)('is %s for a folder with %s, and for an archive of it', async (kind, files) => {
    const set = join(folder(), 'set');
    mkdirSync(set);
    writeTree(set, Object.fromEntries(files.map((name) => [name, 'x'])));
    expect(await detectDatasetKind(set, cache())).toBe(kind);
    const zip = join(folder(), 'set.zip');
    writeFileSync(zip, zipOf(files.map((name) => ({ name: `set/${name}`, content: 'x' }))));
    expect(await detectDatasetKind(zip, cache())).toBe(kind);
  });

  it.each([
    ['index', 'set.csv'],
    ['index', 'set.TSV'],
    ['index', 'set.parquet'],
    ['arrays', 'set.npz'],
  ])('is %s for a file such as %s', async (kind, name) => {
    writeTree(folder(), { [name]: 'x' });
    expect(await detectDatasetKind(join(folder(), name), cache())).toBe(kind);
  });

  it('of nothing known is none, in one sentence', async () => {
    writeTree(folder(), { 'empty/notes.txt': 'x', 'data.bin': 'x' });
    for (const [name, message] of [
      ['empty', /empty holds neither IDX files/],
      ['data.bin', /data\.bin holds neither/],
      ['nowhere', /nowhere does not exist/],
    ] as const) {
      const failure = detectDatasetKind(join(folder(), name), cache());
      await expect(failure).rejects.toThrow(HumanError);
      await expect(failure).rejects.toThrow(message);
    }
  });
});
