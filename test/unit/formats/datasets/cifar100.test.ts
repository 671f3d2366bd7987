import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { readCifar100Folder } from '../../../../src/formats/datasets/cifar100';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const PLANE = 1024;
const RECORD = 2 + 3 * PLANE;

/** Records of (coarse, fine) labels whose planes are the coarse label, the fine label, and 7. */
function records(...labels: [number, number][]): Uint8Array {
  const bytes = new Uint8Array(labels.length * RECORD);
  labels.forEach(([coarse, fine], i) => {
    const record = bytes.subarray(i * RECORD, (i + 1) * RECORD);
    record.set([coarse, fine]);
    record.fill(coarse, 2, 2 + PLANE);
    record.fill(fine, 2 + PLANE, 2 + 2 * PLANE);
    record.fill(7, 2 + 2 * PLANE);
  });
  return bytes;
}

const names = (count: number, stem: string): string =>
  Array.from({ length: count }, (_, i) => `${stem}${i}\n`).join('');

function write(changes: Record<string, Uint8Array | string> = {}, path = folder()): void {
  const files = {
    'train.bin': records([4, 90], [19, 0], [4, 91]),
    'test.bin': records([1, 99]),
    'fine_label_names.txt': names(100, 'fine'),
    'coarse_label_names.txt': names(20, 'coarse'),
    ...changes,
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
}

describe('a CIFAR-100 folder', () => {
  it('has fine or coarse labels, and the same interleaved images', async () => {
    write();
    const fine = await readCifar100Folder(folder(), 'fine');
    expect(fine.train).toMatchObject({ count: 3, height: 32, width: 32, channels: 3 });
    expect([...fine.train.labels]).toEqual([90, 0, 91]);
    expect(fine.train.classNames[91]).toBe('fine91');
    expect([...fine.train.images.subarray(0, 4)]).toEqual([4, 90, 7, 4]);
    const coarse = await readCifar100Folder(folder(), 'coarse');
    expect([...coarse.train.labels]).toEqual([4, 19, 4]);
    expect(coarse.test.classNames).toHaveLength(20);
    expect(coarse.train.images).toEqual(fine.train.images);
  });

  it('is found inside the unpacked archive', async () => {
    const inner = join(folder(), 'cifar-100-binary');
    mkdirSync(inner);
    write({}, inner);
    expect((await readCifar100Folder(folder(), 'fine')).test.count).toBe(1);
  });

  it.each([
    [
      'a label out of range',
      { 'test.bin': records([20, 3]) },
      'coarse',
      /test\.bin has the label 20 at record 0/,
    ],
    ['one class', { 'train.bin': records([4, 1], [4, 2]) }, 'coarse', /only one class/],
    ['a truncated file', { 'train.bin': records([1, 1]).subarray(1) }, 'fine', /train\.bin is truncated/],
    ['too few names', { 'fine_label_names.txt': names(99, 'x') }, 'fine', /names 99 classes instead of 100/],
  ] as const)('with %s is refused', async (_, changes, labels, message) => {
    write(changes);
    const failure = readCifar100Folder(folder(), labels);
    await expect(failure).rejects.toThrow(HumanError);
    await expect(failure).rejects.toThrow(message);
  });

  it('without a file is refused with its name', async () => {
    writeFileSync(join(folder(), 'train.bin'), records([1, 1]));
    await expect(readCifar100Folder(folder(), 'fine')).rejects.toThrow(/no test\.bin.*CIFAR-100/);
  });
});
