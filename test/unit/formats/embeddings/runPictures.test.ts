import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, expect, it, vi } from 'vitest';
import { openDataset } from '../../../../src/formats/datasets/dataset';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import { useTemporaryFolder } from '../datasets/temporaryFolder';
import { writeEpoch, writeRunMetadata } from './runFiles';

const folder = useTemporaryFolder();
afterEach(() => vi.unstubAllEnvs());

/** Five grey images of 4 x 4 in each of two classes, no two alike; the tree has no parts. */
async function writeImages(images: string): Promise<void> {
  for (const [label, name] of ['dark', 'light'].entries()) {
    mkdirSync(join(images, name), { recursive: true });
    for (let i = 0; i < 5; i++) {
      const pixels = new Uint8Array(16).fill(100 * label + 10 * i);
      const image = sharp(pixels, { raw: { width: 4, height: 4, channels: 1 } }).toColourspace('b-w');
      writeFileSync(join(images, name, `${i}.png`), await image.png().toBuffer());
    }
  }
}

/** A run whose two rows are the samples train/0 and train/1. */
function writeRun(dataset: object, datasetHash: string): string {
  const run = join(folder(), 'run');
  writeRunMetadata(run, ['dark', 'light']);
  writeEpoch(run, 1, [1, 2, 3, 4], { datasetHash });
  writeFileSync(
    join(run, 'config.json'),
    JSON.stringify({ formatVersion: 1, name: 'mine', seed: 3, dataset }),
  );
  return run;
}

it('rows of a run have the pictures and files of their samples, and none once the data has changed', async () => {
  const images = join(folder(), 'images');
  await writeImages(images);
  const cacheFolder = join(folder(), 'cache');
  vi.stubEnv('XDG_CACHE_HOME', cacheFolder);
  const dataset = { kind: 'folders' as const, path: images };
  const { train, contentHash } = await openDataset({ ...dataset, seed: 3, testFraction: 0.2, cacheFolder });
  const run = writeRun(dataset, contentHash);
  const source = await openEmbeddings(run);
  expect(source).toMatchObject({ name: 'mine', notes: [] });
  const pictures = await source.openPictures?.();
  expect(pictures).toMatchObject({ height: 4, width: 4, channels: 1 });
  const page = (await pictures?.page(0)) ?? new Uint8Array();
  expect([...page]).toEqual('images' in train ? [...train.images.subarray(0, 32)] : []);
  for (const row of [0, 1]) {
    const file = await pictures?.fileOf(row, folder());
    const { data } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
    expect(data[0]).toBe(page[16 * row]);
  }
  writeRun(dataset, 'another');
  await expect((await openEmbeddings(run)).openPictures?.()).rejects.toThrow(
    'is not the data that the run saw',
  );
});

it("a data set of the user's own is never read, and a damaged configuration costs the pictures alone", async () => {
  const own = await openEmbeddings(writeRun({ kind: './mine.mjs' }, 'x'));
  expect(own.openPictures).toBeUndefined();
  expect(own.notes).toEqual([expect.stringContaining('./mine.mjs is a module of your own')]);
  writeFileSync(join(folder(), 'run', 'config.json'), '{"seed": "no"}');
  const damaged = await openEmbeddings(join(folder(), 'run'));
  expect(damaged.name).toBe('run');
  expect(damaged.openPictures).toBeUndefined();
  expect(damaged.notes).toEqual([expect.stringContaining('There are no pictures: ')]);
  expect((await damaged.tables[0].epochs[0].load()).count).toBe(2);
});
