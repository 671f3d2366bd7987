import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import { encodeProjectorTensor } from '../../../../src/formats/projector';
import { useTemporaryFolder } from '../datasets/temporaryFolder';

const folder = useTemporaryFolder();

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(join(folder(), name, '..'), { recursive: true });
  writeFileSync(join(folder(), name), content);
}

const floats = (...values: number[]) => encodeProjectorTensor(Float32Array.from(values));
const config = (text: string) => write('projector_config.pbtxt', text);
const open = () => openEmbeddings(folder());

describe('projector files', () => {
  it('may be bytes with a shape or text without one', async () => {
    write('a.bytes', floats(1, 2, 3, 4, 5, 6));
    write('b.tsv', '1\t2\n3\t4e-1\n-5\t.5\n');
    config(`
      embeddings { tensor_name: "a" tensor_shape: 3 tensor_shape: 2 tensor_path: "a.bytes" bookmarks_path: "x" }
      embeddings { tensor_name: "b" tensor_path: "b.tsv" }`);
    const source = await open();
    expect(source).toMatchObject({ kind: 'file', ids: ['0', '1', '2'], columns: [], notes: [] });
    expect(source.tables).toMatchObject([
      { name: 'a', dimensions: 2 },
      { name: 'b', dimensions: 2 },
    ]);
    expect((await source.tables[0].epochs[0].load()).values).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
    expect((await source.tables[1].epochs[0].load()).values).toEqual(Float32Array.of(1, 2, 3, 0.4, -5, 0.5));
  });

  it('are epochs of one table where their names end in a step', async () => {
    for (const step of ['00000', '00007', '00012']) {
      write(`${step}/default/tensors.tsv`, `${Number(step)}\t1\n2\t3\n`);
      write(`${step}/default/metadata.tsv`, 'cat\ndog\n');
    }
    const entry = (step: string) =>
      `embeddings {\ntensor_name: "default:${step}"\ntensor_path: "${step}/default/tensors.tsv"\nmetadata_path: "${step}/default/metadata.tsv"\n}\n`;
    config(['00012', '00000', '00007'].map(entry).join(''));
    const { tables, columns } = await open();
    expect(tables).toHaveLength(1);
    expect(tables[0].epochs.map(({ epoch }) => epoch)).toEqual([0, 7, 12]);
    expect((await tables[0].epochs[1].load()).values[0]).toBe(7);
    expect(columns).toEqual([{ kind: 'text', name: 'class', values: ['cat', 'dog'] }]);
  });

  it('leave out embeddings of other rows, and say which', async () => {
    write('a.tsv', '1\n2\n');
    write('b.tsv', '1\n2\n3\n');
    config(
      ['a', 'b', 'a'].map((n, i) => `embeddings { tensor_name: "${n}${i}" tensor_path: "${n}.tsv" }`).join(),
    );
    const { tables, notes } = await open();
    expect(tables.map(({ name }) => name)).toEqual(['a0', 'a2']);
    expect(notes).toEqual([expect.stringContaining('other rows are left out: b1.')]);
  });

  it.each([
    ['a\nb\na\nb', ['a', 'b', 'a', 'b'], []],
    ['label\na\nb\na\nb\n', ['a', 'b', 'a', 'b'], []],
    ['label\tx\na\t1\nb\t2\na\t3\nb\t4', ['a', 'b', 'a', 'b'], []],
    ['a\nb\na', ['a', 'b', 'a', ''], ['3 rows and there are 4 vectors: the last 1 have no metadata']],
    ['a\nb\na\nb\nc\nd', ['a', 'b', 'a', 'b'], ['the last 2 are ignored']],
  ])('read metadata %j', async (text, labels, notes) => {
    write('a.tsv', '1\n2\n3\n4\n');
    write('m.tsv', text);
    config('embeddings { tensor_path: "a.tsv" metadata_path: "m.tsv" }');
    const source = await open();
    const column = source.columns.find(({ name }) => name === 'class');
    expect(column).toBeDefined();
    expect(
      column?.kind === 'category' && Array.from(column.codes, (c) => column.categories[c] ?? ''),
    ).toEqual(labels);
    const rest = source.notes.filter((note) => !note.includes('taken as the class'));
    expect(rest).toEqual(notes.map((note) => expect.stringContaining(note) as string));
  });

  it('take the first line of a table with as many lines as vectors for a row', async () => {
    write('a.tsv', '1\n2\n');
    write('m.tsv', 'cat\t1\ndog\t2\n');
    config('embeddings { tensor_path: "a.tsv" metadata_path: "m.tsv" }');
    const { columns, notes } = await open();
    expect(columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
    expect(notes[0]).toContain('so the first is no header');
  });

  it('show the pictures of a sprite', async () => {
    write('a.tsv', '1\n2\n3\n');
    const grey = Uint8Array.of(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 0, 0, 3, 3, 0, 0);
    write(
      's.png',
      await sharp(grey, { raw: { width: 4, height: 4, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer(),
    );
    config(
      'embeddings { tensor_path: "a.tsv" sprite { image_path: "s.png" single_image_dim: 2 single_image_dim: 2 } }',
    );
    const pictures = await (await open()).openPictures?.();
    expect(pictures).toMatchObject({ height: 2, width: 2, channels: 1, pages: 1 });
    expect([...((await pictures?.page(0)) ?? [])]).toEqual([1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3]);
    const file = await pictures?.fileOf(2, join(folder(), 'preview'));
    expect(await sharp(file).metadata()).toMatchObject({ width: 256, height: 256, format: 'png' });
  });

  it.each([
    ['image_path: "s.png" single_image_dim: 3 single_image_dim: 3', 'room for 1 pictures of 3 x 3'],
    ['image_path: "none.png" single_image_dim: 2 single_image_dim: 2', 'none.png does not exist'],
    ['image_path: "a.tsv" single_image_dim: 2 single_image_dim: 2', 'cannot be decoded'],
  ])('do without the pictures of a sprite %s', async (sprite, note) => {
    write('a.tsv', '1\n2\n3\n');
    write(
      's.png',
      await sharp(new Uint8Array(16), { raw: { width: 4, height: 4, channels: 1 } })
        .png()
        .toBuffer(),
    );
    config(`embeddings { tensor_path: "a.tsv" sprite { ${sprite} } }`);
    const { openPictures, notes } = await open();
    expect(openPictures).toBeUndefined();
    expect(notes).toEqual([expect.stringContaining(note)]);
  });

  it.each([
    ['tensor_path: "a.bytes" tensor_shape: 3 tensor_shape: 2', 'has 20 bytes, and 3 x 2 values'],
    ['tensor_path: "a.bytes" tensor_shape: 0 tensor_shape: 2', 'has no vectors (0 x 2)'],
    ['tensor_path: "a.bytes" tensor_shape: 900000 tensor_shape: 4096', 'more than the 2.15 GB'],
    ['tensor_path: "a.bytes"', 'needs a "tensor_shape"'],
    ['tensor_path: "../secret.bytes" tensor_shape: 1 tensor_shape: 1', 'is not below'],
    ['tensor_path: "link.bytes" tensor_shape: 1 tensor_shape: 1', 'is not below'],
    ['tensor_path: "/etc/hostname"', 'is not below'],
    ['tensor_path: "none.tsv"', 'does not exist below'],
    ['tensor_path: "empty.tsv"', 'has no vectors'],
    ['tensor_name: "w"', 'w cannot be read: It has no "tensor_path"'],
  ])('refuse %s', async (entry, message) => {
    write('in/a.bytes', floats(1, 2, 3, 4, 5, 6));
    truncateSync(join(folder(), 'in/a.bytes'), 20);
    write('in/empty.tsv', '\n');
    write('secret.bytes', floats(1));
    symlinkSync(join(folder(), 'secret.bytes'), join(folder(), 'in/link.bytes'));
    write('in/projector_config.pbtxt', `embeddings { ${entry} }`);
    await expect(openEmbeddings(join(folder(), 'in'))).rejects.toThrow(message);
  });

  it.each([
    ['1\t2\n3\n', 'has 1 numbers in line 2 and 2 in the first'],
    ['1\t2\n3\tx\n', 'has "x" in line 2'],
    ['1\t2\n3\t\n', 'in line 2'],
  ])('name the line of damaged text %j', async (text, message) => {
    write('a.tsv', text);
    config('embeddings { tensor_path: "a.tsv" }');
    await expect((await open()).tables[0].epochs[0].load()).rejects.toThrow(message);
  });
});
