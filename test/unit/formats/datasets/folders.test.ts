import { mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { openDataset, type DatasetRequest } from '../../../../src/formats/datasets/dataset';
import { requireImages, type Dataset, type ImageSet } from '../../../../src/formats/datasets/imageSet';
import { labelHistogram } from '../../../../src/formats/datasets/split';
import { plain, writeTree, type Colour } from './imageFiles';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const tree = (): string => join(folder(), 'tree');
const cache = (): string => join(folder(), 'cache');

const png = (level: number): Promise<Buffer> =>
  plain([level, level, level]).toColourspace('b-w').png().toBuffer();
const jpeg = (colour: Colour): Promise<Buffer> => plain(colour, { width: 16, height: 8 }).jpeg().toBuffer();

beforeEach(() => mkdirSync(tree()));

function open(changes: Partial<DatasetRequest> = {}): Promise<Dataset> {
  return openDataset({ kind: 'folders', path: tree(), seed: 1, cacheFolder: cache(), ...changes });
}

async function refuses(message: RegExp, changes: Partial<DatasetRequest> = {}): Promise<void> {
  const failure = open(changes);
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
}

/** The first pixel of every image. */
function levels(set: ImageSet): number[] {
  const size = set.height * set.width * set.channels;
  return Array.from({ length: set.count }, (_, i) => set.images[i * size]);
}

const images = (set: Dataset['train']): ImageSet => requireImages(set, 'The test');

describe('a tree with parts', () => {
  it('becomes grey images, classes in natural order, files in the order of their names', async () => {
    writeTree(tree(), {
      'train/class10/b.png': await png(10),
      'train/class10/a.png': await png(20),
      'train/class2/deeper/c.png': await png(30),
      'train/class2/.hidden.png': 'x',
      'train/class2/notes.txt': 'x',
      'train/.cache/x.png': 'x',
      'test/class10/d.png': await png(40),
      'val/class2/e.png': await png(50),
    });
    const { train, test, damaged } = await open();
    expect(train).toMatchObject({ height: 8, width: 8, channels: 1, classNames: ['class2', 'class10'] });
    expect(levels(images(train))).toEqual([30, 20, 10]);
    expect([...train.labels]).toEqual([0, 1, 1]);
    expect(levels(images(test))).toEqual([40]);
    expect([...test.labels]).toEqual([1]);
    expect(damaged).toBeUndefined();
  });

  it('has colours when one image has, and the most common size', async () => {
    writeTree(tree(), {
      'train/a/1.jpg': await jpeg([250, 10, 10]),
      'train/a/2.jpg': await jpeg([250, 10, 10]),
      'train/b/3.png': await png(60),
      'val/b/4.png': await png(70),
    });
    const { train, test } = await open();
    expect(train).toMatchObject({ height: 8, width: 8, channels: 3 });
    expect([...images(test).images.subarray(0, 3)]).toEqual([70, 70, 70]);
    const asked = await open({ imageSize: 5, colour: 'grey' });
    expect(asked.train).toMatchObject({ height: 5, width: 5, channels: 1, count: 3 });
  });

  it('that has a class in the test part alone is refused', async () => {
    writeTree(tree(), {
      'train/a/1.png': await png(1),
      'train/b/1.png': await png(1),
      'test/c/1.png': await png(1),
    });
    await refuses(/test\/c is a class without training images/);
  });
});

describe('a tree without parts', () => {
  beforeEach(async () => {
    const files: [string, Buffer][] = [];
    for (let i = 0; i < 20; i++) files.push([`${i % 2 === 0 ? 'train' : 'bus'}/${i}.png`, await png(i)]);
    writeTree(tree(), Object.fromEntries(files));
  });

  it('puts a share of every class aside, by seed; a class may be called train', async () => {
    const { train, test } = await open({ testFraction: 0.3 });
    expect(train.classNames).toEqual(['bus', 'train']);
    expect(labelHistogram(test, Int32Array.from(test.labels.keys()))).toEqual([3, 3]);
    expect([...levels(images(train)), ...levels(images(test))].sort((a, b) => a - b)).toEqual([
      ...Array(20).keys(),
    ]);
    const again = await open({ testFraction: 0.3 });
    expect(again.contentHash).toBe((await open({ testFraction: 0.3 })).contentHash);
    expect(levels(images((await open({ testFraction: 0.3, seed: 2 })).test))).not.toEqual(
      levels(images(test)),
    );
  });

  it('is decoded once, and again when a file or the way of decoding changes', async () => {
    const onProgress = vi.fn();
    await open({ onProgress });
    expect(onProgress).toHaveBeenLastCalledWith(20, 20);
    onProgress.mockClear();
    const second = await open({ onProgress, seed: 3, testFraction: 0.5 });
    expect(onProgress).not.toHaveBeenCalled();
    expect(second.test.count).toBe(10);
    writeFileSync(join(tree(), 'bus/1.png'), await png(200));
    utimesSync(join(tree(), 'bus/1.png'), 1, 1);
    const third = await open({ onProgress });
    expect(onProgress).toHaveBeenCalled();
    expect([...levels(images(third.train)), ...levels(images(third.test))]).toContain(200);
    onProgress.mockClear();
    await open({ onProgress, imageSize: 4 });
    expect(onProgress).toHaveBeenCalled();
  });

  it('is decoded again when the cache is damaged, and without a cache', async () => {
    const { contentHash } = await open();
    const decoded = join(cache(), 'decoded');
    const [name] = readdirSync(decoded);
    const onProgress = vi.fn();
    for (const damage of ['SCLPOOL1 and nothing else', '']) {
      writeFileSync(join(decoded, name), damage);
      expect((await open({ onProgress })).contentHash).toBe(contentHash);
    }
    expect(onProgress).toHaveBeenCalledTimes(80);
    const noFolder = join(tree(), 'bus/1.png');
    expect((await open({ cacheFolder: noFolder })).contentHash).toBe(contentHash);
  });

  it('leaves damaged images out, counts and names them, up to 1 %', async () => {
    const more: [string, Buffer][] = [];
    for (let i = 0; i < 180; i++) more.push([`bus/more${i}.png`, await png(100)]);
    writeTree(tree(), Object.fromEntries(more));
    writeTree(tree(), { 'bus/half.png': (await png(1)).subarray(0, 40), 'train/vector.svg': '<svg/>' });
    const { train, test, damaged } = await open();
    expect(train.count + test.count).toBe(200);
    expect(damaged).toEqual({ count: 2, names: ['bus/half.png', 'train/vector.svg'] });
    expect((await open()).damaged).toEqual(damaged);
    writeTree(tree(), { 'train/empty.png': '' });
    await refuses(
      /tree has 3 damaged images among 203, more than 1 % \(bus\/half\.png, train\/empty\.png, train\/vector/,
    );
  });
});

describe('a tree that is not as it should be', () => {
  it('is refused with the folder that is wrong', async () => {
    await refuses(/nowhere does not exist/, { path: join(tree(), 'nowhere') });
    writeFileSync(join(tree(), 'file'), '');
    await refuses(/file is a file: give the folder/, { path: join(tree(), 'file') });
    await refuses(/has no folders of images/);
    writeTree(tree(), { 'a/1.png': await png(1) });
    await refuses(/only one class/);
    mkdirSync(join(tree(), 'b'));
    await refuses(/b has no images: put some in or remove the folder/);
  });

  it('is refused when no class has an image to put aside', async () => {
    writeTree(tree(), { 'a/1.png': await png(1), 'b/1.png': await png(1) });
    await refuses(/has no test samples/);
  });

  it('is refused when a link leads out of it or to a folder, and read when one leads to a file inside', async () => {
    const outside = join(folder(), 'outside');
    writeTree(outside, { 'secret.png': await png(9) });
    writeTree(tree(), { 'a/1.png': await png(1), 'a/2.png': await png(2), 'b/1.png': await png(3) });
    symlinkSync('../a/1.png', join(tree(), 'b/linked.png'));
    const { train, test } = await open();
    expect(train.count + test.count).toBe(4);
    symlinkSync(join(outside, 'secret.png'), join(tree(), 'b/out.png'));
    await refuses(/b\/out\.png is a link that leads out/);
    rmSync(join(tree(), 'b/out.png'));
    symlinkSync(outside, join(tree(), 'c'));
    await refuses(/tree\/c is a link/);
    rmSync(join(tree(), 'c'));
    symlinkSync('..', join(tree(), 'b/up'));
    await refuses(/b\/up is a link/);
    rmSync(join(tree(), 'b/up'));
    symlinkSync('nothing.png', join(tree(), 'b/broken.png'));
    await refuses(/broken\.png does not exist/);
  });
});
