import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { openDataset, type DatasetRequest } from '../../../../src/formats/datasets/dataset';
import { holdsFeatures, requireImages, type Dataset } from '../../../../src/formats/datasets/imageSet';
import { zipOf } from '../../engine/tensorflowInstall/zip';
import { bytesOf, npyBytes, npyFloats, npyLabels } from '../arrays/npyBytes';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
type Arrays = Readonly<Record<string, Uint8Array>>;

function write(arrays: Arrays): string {
  const path = join(folder(), 'set.npz');
  const entries = Object.entries(arrays).map(([name, content], i) => ({
    name: `${name}.npy`,
    content,
    isDeflated: i % 2 === 0,
  }));
  writeFileSync(path, zipOf(entries));
  return path;
}

function open(arrays: Arrays, changes: Partial<DatasetRequest> = {}): Promise<Dataset> {
  return openDataset({ kind: 'arrays', path: write(arrays), seed: 1, ...changes });
}

async function refuses(
  arrays: Arrays,
  message: RegExp,
  changes: Partial<DatasetRequest> = {},
): Promise<void> {
  const failure = open(arrays, changes);
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
}

const bytes = (values: readonly number[], shape: readonly number[]): Buffer =>
  npyBytes(Uint8Array.from(values), { type: '|u1', shape });

const pixelsOf = (set: Dataset['train']): number[] => [...requireImages(set, 'The test').images];

/** Two images of 1 x 2 grey pixels a part. */
const IMAGES: Arrays = {
  x_train: bytes([1, 2, 3, 4], [2, 1, 2]),
  y_train: npyLabels(7, 5),
  x_test: bytes([5, 6], [1, 1, 2]),
  y_test: npyLabels(7),
};

describe('images in arrays', () => {
  it('are read with whatever whole numbers their labels are', async () => {
    const { train, test } = await open(IMAGES);
    expect(train).toMatchObject({ count: 2, height: 1, width: 2, channels: 1, classNames: ['5', '7'] });
    expect([pixelsOf(train), pixelsOf(test)]).toEqual([
      [1, 2, 3, 4],
      [5, 6],
    ]);
    expect([[...train.labels], [...test.labels]]).toEqual([[1, 0], [1]]);
  });

  it('may have colours, and floats from 0 to 1 or from 0 to 255', async () => {
    const { train } = await open({
      ...IMAGES,
      x_train: npyFloats([0, 0.2, 0.5, 1, 0.998, 0.1], [2, 1, 1, 3]),
      x_test: npyFloats([0, 3, 254.6], [1, 1, 1, 3]),
    });
    expect(train.channels).toBe(3);
    // 0.2 * 255 = 51, 0.5 * 255 = 127.5 rounds up, 0.998 * 255 = 254.49, 0.1 * 255 = 25.5.
    expect(pixelsOf(train)).toEqual([0, 51, 128, 255, 254, 26]);
    const half = npyBytes(bytesOf(Uint16Array.of(0x3c00, 0, 0x3c00, 0)), { type: '<f2', shape: [2, 1, 2] });
    expect(pixelsOf((await open({ ...IMAGES, x_train: half })).train)).toEqual([255, 0, 255, 0]);
  });

  it('are found by other usual names, labels in a column, or by the names that are given', async () => {
    const column = npyBytes(bytesOf(Int32Array.of(1, 0)), { type: '<i4', shape: [2, 1] });
    const med = {
      train_images: IMAGES['x_train'],
      train_labels: column,
      val_images: IMAGES['x_test'],
      val_labels: npyLabels(0),
    };
    expect([...(await open(med)).test.labels]).toEqual([0]);
    const own = { p: IMAGES['x_train'], q: IMAGES['y_train'], r: IMAGES['x_test'], s: IMAGES['y_test'] };
    expect(pixelsOf((await open(own, { arrays: 'p, q,r,s' })).test)).toEqual([5, 6]);
    await refuses(own, /no arrays with usual names.*"dataset\.arrays".*p, q, r, s/);
    await refuses(own, /no array t: set/, { arrays: 'p,q,r,t' });
  });

  it('without a test part have a share of every class put aside', async () => {
    const labels = Array.from({ length: 20 }, (_, i) => i % 2);
    const values = labels.map((_, i) => i);
    const { train, test } = await open(
      { images: bytes(values, [20, 1, 1]), labels: npyLabels(...labels) },
      { testFraction: 0.3 },
    );
    expect([train.count, test.count]).toEqual([14, 6]);
    expect([...pixelsOf(train), ...pixelsOf(test)].sort((a, b) => a - b)).toEqual(values);
    expect([...test.labels]).toEqual(pixelsOf(test).map((value) => value % 2));
  });

  it('that cannot be are refused by name', async () => {
    await refuses(
      { ...IMAGES, x_train: bytes(new Array<number>(24).fill(0), [2, 3, 2, 2]) },
      /channels before the pixels.*transpose/,
    );
    await refuses(
      { ...IMAGES, x_train: bytes(new Array<number>(40).fill(0), [2, 2, 2, 5]) },
      /shape 2 x 2 x 2 x 5/,
    );
    await refuses(
      { ...IMAGES, x_train: npyFloats([-1, 1, 0, 0], [2, 1, 2]) },
      /x_train has values from -1 to 1/,
    );
    await refuses({ ...IMAGES, x_train: npyFloats([0, 256, 0, 0], [2, 1, 2]) }, /values from 0 to 256/);
    await refuses({ ...IMAGES, x_train: npyFloats([0, NaN, 0, 0], [2, 1, 2]) }, /values from NaN/);
    await refuses(
      { ...IMAGES, y_train: npyLabels(1, 2, 3) },
      /y_train has 3 labels and .*x_train has 2 samples/,
    );
    await refuses(
      { ...IMAGES, y_train: npyBytes(new Uint8Array(4), { type: '|u1', shape: [2, 2] }) },
      /y_train, sample 0, has no label: give it one/,
    );
    await refuses({ ...IMAGES, y_train: npyLabels(7, 7) }, /only one class/);
    await refuses({ ...IMAGES, y_test: npyLabels(8) }, /x_test has the class 8 at sample 0/);
    await refuses({ ...IMAGES, x_test: bytes([1, 2], [1, 2, 1]) }, /test samples of 2 x 1 x 1/);
    await refuses({ ...IMAGES, x_train: bytes([], [0, 1, 2]) }, /is empty/);
  });
});

describe('features in arrays', () => {
  const FEATURES: Arrays = {
    X: npyFloats([0.5, -2, 3, 1e6, 0, 0, 7, 8, 9, 1, 1, 1], [4, 3]),
    y: npyBytes(Buffer.from('ababcdcd'), { type: '|S2', shape: [4] }),
  };

  it('are kept as float32 in their own unit', async () => {
    const { train, test, contentHash } = await open(FEATURES, { testFraction: 0.5 });
    expect([train, test].every(holdsFeatures)).toBe(true);
    expect(train).toMatchObject({ count: 2, height: 1, width: 1, channels: 3, classNames: ['ab', 'cd'] });
    const rows = [train, test].flatMap((set) => (holdsFeatures(set) ? [...set.values] : []));
    expect(rows.sort((a, b) => a - b)).toEqual([-2, 0, 0, 0.5, 1, 1, 1, 3, 7, 8, 9, 1e6]);
    const changed = { ...FEATURES, X: npyFloats([0.5, -2, 3, 1e6, 0, 0, 7, 8, 9, 1, 1, 2], [4, 3]) };
    expect((await open(changed, { testFraction: 0.5 })).contentHash).not.toBe(contentHash);
    expect(() => requireImages(train, 'The preview')).toThrow(/The preview needs images/);
  });

  it('come in other types and orders', async () => {
    const columns = npyBytes(bytesOf(Float64Array.of(1, 2, 3, 4, 5, 6)), {
      type: '<f8',
      shape: [3, 2],
      order: 'Fortran',
    });
    const sets = await open({
      features_train: columns,
      labels_train: npyLabels(0, 1, 1),
      features_test: columns,
      labels_test: npyLabels(0, 1, 1),
    });
    expect(holdsFeatures(sets.train) && [...sets.train.values]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('that are not finite are refused with their sample', async () => {
    await refuses(
      { ...FEATURES, X: npyFloats([0, 0, 0, 0, Infinity, 0, 0, 0, 0, 0, 0, 0], [4, 3]) },
      /X has the value Infinity at sample 1/,
    );
  });
});

describe('files of arrays', () => {
  it('may be .npy in a folder, or a .npz in one', async () => {
    for (const [name, content] of Object.entries(IMAGES))
      writeFileSync(join(folder(), `${name}.npy`), content);
    const expected = await openDataset({ kind: 'arrays', path: folder(), seed: 1 });
    expect(expected.train.count).toBe(2);
    expect((await open(IMAGES)).contentHash).toBe(expected.contentHash);
    await expect(openDataset({ kind: 'arrays', path: folder(), seed: 1 })).rejects.toThrow(
      /several files of arrays/,
    );
  });

  it('that are damaged, lie about their size or are not there are refused by name', async () => {
    const whole = zipOf([{ name: 'x_train.npy', content: IMAGES['x_train'] }]);
    const path = join(folder(), 'set.npz');
    const lying = Buffer.from(whole);
    // The unpacked size in the central record, 4 bytes 24 into it.
    lying.writeUInt32LE(4e9, lying.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    for (const content of [whole.subarray(0, whole.length - 5), Buffer.from('no zip'), lying]) {
      writeFileSync(path, content);
      const failure = openDataset({ kind: 'arrays', path, seed: 1, arrays: 'x_train,x_train' });
      await expect(failure).rejects.toThrow(HumanError);
      await expect(failure).rejects.toThrow(/set\.npz/);
    }
    await expect(openDataset({ kind: 'arrays', path: join(folder(), 'no.npz'), seed: 1 })).rejects.toThrow(
      /no\.npz does not exist/,
    );
  });
});
