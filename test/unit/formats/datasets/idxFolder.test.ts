import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { readIdxFolder } from '../../../../src/formats/datasets/idxFolder';
import { sampleId } from '../../../../src/formats/datasets/imageSet';
import { idxBytes, writeIdxFolder } from './idxBytes';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();

async function expectRefusal(files: Record<string, Uint8Array | null>, message: RegExp): Promise<void> {
  writeIdxFolder(folder(), files);
  const failure = readIdxFolder(folder());
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
}

describe('a folder of IDX files', () => {
  it('becomes a training and a test set', async () => {
    writeIdxFolder(folder());
    const { train, test } = await readIdxFolder(folder());
    expect(train).toMatchObject({ count: 6, height: 2, width: 2, channels: 1, part: 'train' });
    expect(test).toMatchObject({ count: 3, height: 2, width: 2, channels: 1, part: 'test' });
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2]);
    expect([...test.labels]).toEqual([2, 1, 0]);
    expect([...train.images.subarray(4, 8)]).toEqual([28, 35, 42, 49]);
    expect(train.classNames).toEqual(['0', '1', '2']);
    expect([sampleId(train, 5), sampleId(test, 0)]).toEqual(['train/5', 'test/0']);
  });

  it('may spell its names with a dot or with test, and be gzipped', async () => {
    writeIdxFolder(folder(), {
      'train-images-idx3-ubyte': null,
      'train-images.idx3-ubyte.gz': gzipSync(idxBytes([6, 1, 1], [9, 8, 7, 6, 5, 4])),
      't10k-images-idx3-ubyte': null,
      'test-images.idx3-ubyte': idxBytes([3, 1, 1], [1, 2, 3]),
    });
    const { train, test } = await readIdxFolder(folder());
    expect([...train.images]).toEqual([9, 8, 7, 6, 5, 4]);
    expect([...test.images]).toEqual([1, 2, 3]);
  });

  it('may hold colour images and count classes from 1', async () => {
    writeIdxFolder(folder(), {
      'train-images-idx3-ubyte': idxBytes([2, 1, 1, 3], [1, 2, 3, 4, 5, 6]),
      'train-labels-idx1-ubyte': idxBytes([2], [2, 1]),
      't10k-images-idx3-ubyte': idxBytes([1, 1, 1, 3], [7, 8, 9]),
      't10k-labels-idx1-ubyte': idxBytes([1], [1]),
    });
    const { train, test } = await readIdxFolder(folder());
    expect(train.channels).toBe(3);
    expect(train.classNames).toEqual(['1', '2']);
    expect([...train.labels, ...test.labels]).toEqual([1, 0, 0]);
  });

  it('without one of the four files is refused with the missing name', async () => {
    await expectRefusal({ 'train-labels-idx1-ubyte': null }, /has no train-labels-idx1-ubyte \(or .*\.gz\)/);
  });

  it('with files that do not belong together is refused', async () => {
    await expectRefusal(
      { 'train-labels-idx1-ubyte': idxBytes([5], [0, 1, 2, 0, 1]) },
      /train-labels-idx1-ubyte has 5 labels and .*train-images-idx3-ubyte has 6 images/,
    );
    await expectRefusal(
      { 't10k-images-idx3-ubyte': idxBytes([3, 1, 2], [1, 2, 3, 4, 5, 6]) },
      /1 x 2 .* 2 x 2/,
    );
  });

  it('with the wrong axes is refused', async () => {
    await expectRefusal({ 'train-images-idx3-ubyte': idxBytes([6], [1, 2, 3, 4, 5, 6]) }, /has the shape 6:/);
    await expectRefusal({ 'train-images-idx3-ubyte': idxBytes([1, 1, 1, 2], [1, 2]) }, /1 x 1 x 1 x 2/);
    await expectRefusal(
      { 'train-labels-idx1-ubyte': idxBytes([6, 1], [0, 1, 2, 0, 1, 2]) },
      /labels-.*2 axes/,
    );
  });

  it('with labels out of range is refused', async () => {
    await expectRefusal(
      { 'train-labels-idx1-ubyte': idxBytes([6], [0, 1, 2, 0, 1, 200]) },
      /train-labels-idx1-ubyte has labels out of range: 200 occurs and 3 does not/,
    );
    await expectRefusal(
      { 'train-labels-idx1-ubyte': idxBytes([6], [5, 5, 5, 6, 6, 6]) },
      /6 occurs and 0 does not/,
    );
    await expectRefusal(
      { 't10k-labels-idx1-ubyte': idxBytes([3], [2, 1, 3]) },
      /t10k-labels-idx1-ubyte has the label 3 at sample 2/,
    );
  });

  it('with one class is refused', async () => {
    await expectRefusal({ 'train-labels-idx1-ubyte': idxBytes([6], [1, 1, 1, 1, 1, 1]) }, /only one class/);
  });

  it('that is a file or nothing is refused', async () => {
    const path = join(folder(), 'file');
    writeFileSync(path, 'x');
    await expect(readIdxFolder(path)).rejects.toThrow(/file is a file: give the folder/);
    await expect(readIdxFolder(join(folder(), 'none'))).rejects.toThrow(/none does not exist/);
  });
});
