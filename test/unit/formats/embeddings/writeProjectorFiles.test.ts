import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { categoryColumn } from '../../../../src/domain/maps/columns';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import { pagedPictures } from '../../../../src/formats/embeddings/pictures/pages';
import { writeProjectorFiles } from '../../../../src/formats/embeddings/writeProjectorFiles';
import { useTemporaryFolder } from '../datasets/temporaryFolder';

const folder = useTemporaryFolder();

/** Rows 1, 2, 4, 5 and 6 of seven, so that the sprite's last line is not full. */
const ROWS = Int32Array.of(1, 2, 4, 5, 6);
const VECTORS = {
  values: Float32Array.from({ length: 10 }, (_, i) => i / 3),
  count: 5,
  dimensions: 2,
  rows: ROWS,
};
const SOURCE = {
  ids: Array.from({ length: 7 }, (_, row) => `train/${row}`),
  columns: [
    categoryColumn('class', ['a', 'b', 'a', 'b', 'a', 'b', 'a']),
    { kind: 'number' as const, name: 'loss', values: Float32Array.from({ length: 7 }, (_, row) => row / 2) },
  ],
};

it('what is written for the projector is read as it was, pictures and all', async () => {
  const pictures = pagedPictures({
    count: 7,
    height: 2,
    width: 3,
    channels: 3,
    picture: (row) => Uint8Array.from({ length: 18 }, (_, i) => 20 * row + i),
  });
  const target = join(folder(), 'new', 'folder');
  expect(
    await writeProjectorFiles(target, { name: 'features:7', source: SOURCE, vectors: VECTORS, pictures }),
  ).toEqual([]);
  const read = await openEmbeddings(target);
  expect(read.ids).toEqual(['train/1', 'train/2', 'train/4', 'train/5', 'train/6']);
  expect(read.columns).toEqual([
    categoryColumn('class', ['b', 'a', 'a', 'b', 'a']),
    { kind: 'number', name: 'loss', values: Float32Array.of(0.5, 1, 2, 2.5, 3) },
  ]);
  expect(read.tables.map(({ name, epochs }) => [name, epochs[0].epoch])).toEqual([['features', 7]]);
  expect((await read.tables[0].epochs[0].load()).values).toEqual(VECTORS.values);
  const shown = await read.openPictures?.();
  const expected = [...ROWS].flatMap((row) => Array.from({ length: 18 }, (_, i) => 20 * row + i));
  expect([...((await shown?.page(0)) ?? [])]).toEqual(expected);
});

it('nothing is written over another projector, and too many pictures are left out', async () => {
  const files = { name: 'a', source: SOURCE, vectors: VECTORS };
  await writeProjectorFiles(folder(), files);
  const before = readFileSync(join(folder(), 'vectors.bytes'));
  await expect(writeProjectorFiles(folder(), files)).rejects.toThrow('choose another folder');
  expect(readFileSync(join(folder(), 'vectors.bytes'))).toEqual(before);

  const rows = new Int32Array(20_000);
  const vectors = { values: new Float32Array(rows.length), count: rows.length, dimensions: 1, rows };
  const pictures = pagedPictures({ count: 7, height: 64, width: 64, channels: 1, picture: () => undefined });
  const target = join(folder(), 'many');
  const notes = await writeProjectorFiles(target, { ...files, vectors, pictures });
  expect(notes).toEqual([expect.stringContaining('so there is no sprite')]);
  expect(existsSync(join(target, 'sprite.png'))).toBe(false);
});

it('large pictures are shrunk to the mean of what they cover, in their own shape', async () => {
  const pictures = pagedPictures({
    count: 2,
    height: 256,
    width: 128,
    channels: 1,
    picture: (row) =>
      row === 0 ? Uint8Array.from({ length: 256 * 128 }, (_, i) => (i % 2 === 0 ? 10 : 30)) : undefined,
  });
  expect(pictures).toMatchObject({ height: 64, width: 32, perPage: 2048, pages: 1 });
  const page = await pictures.page(0);
  expect(page).toHaveLength(2 * 64 * 32);
  expect(new Set(page.subarray(0, 64 * 32))).toEqual(new Set([20]));
  expect(new Set(page.subarray(64 * 32))).toEqual(new Set([0]));
  expect(await pictures.fileOf(1, folder())).toBeUndefined();
});
