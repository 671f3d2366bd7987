/** One file of each format with the same vectors, then what each format has of its own, then hostile ones. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { cellText } from '../../../../src/domain/maps/columns';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import type { EmbeddingSource } from '../../../../src/formats/embeddings/source';
import { npyBytes, npyFloats, npyLabels, bytesOf } from '../arrays/npyBytes';
import { zipOf } from '../../engine/tensorflowInstall/zip';
import { useTemporaryFolder } from '../datasets/temporaryFolder';
import { parquetBytes } from '../tables/parquetBytes';

const folder = useTemporaryFolder();

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder(), name);
  writeFileSync(path, content);
  return path;
}

const load = (source: EmbeddingSource, table = 0) => source.tables[table].epochs[0].load();
const names = (source: EmbeddingSource) => source.tables.map(({ name, dimensions }) => [name, dimensions]);

/** Four rows of three dimensions with ids and labels. */
const VALUES = [1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -0.5, 0.25];
const IDS = ['a', 'b', 'c', 'd'];
const LABELS = ['cat', 'dog', 'cat', 'dog'];
const ROWS = IDS.map((id, i) => [id, LABELS[i], ...VALUES.slice(3 * i, 3 * i + 3)]);
const csv = (header: string, separator = ',') =>
  `${[header.replaceAll(',', separator), ...ROWS.map((row) => row.join(separator))].join('\n')}\n`;

const FORMATS: readonly [string, string | Uint8Array][] = [
  ['numbered.csv', csv('id,label,dim0,dim1,dim2')],
  ['any.csv', csv('id,label,height,weight,age')],
  ['semicolons.csv', csv('id,label,dim0,dim1,dim2', ';')],
  ['tabs.tsv', csv('id,label,dim0,dim1,dim2', '\t').replaceAll('\n', '\r\n')],
  [
    'lists.csv',
    `\uFEFFid,label,vec\n${ROWS.map(([id, label, ...v]) => `${id},"${label}","[${v.join(', ')}]"`).join('\n')}`,
  ],
  [
    'lists.parquet',
    parquetBytes([
      { name: 'id', values: IDS },
      { name: 'label', values: LABELS },
      { name: 'vec', values: ROWS.map((row) => Float32Array.from(row.slice(2) as number[])) },
    ]),
  ],
  [
    'text.parquet',
    parquetBytes([
      { name: 'id', values: IDS },
      { name: 'vec', values: ROWS.map((row) => `[${row.slice(2).join(',')}]`) },
      { name: 'label', values: LABELS },
    ]),
  ],
  [
    'set.npz',
    zipOf([
      { name: 'id.npy', content: npyBytes(Buffer.from('abcd'), { type: '|S1', shape: [4] }) },
      { name: 'label.npy', content: npyBytes(Buffer.from(LABELS.join('')), { type: '|S3', shape: [4] }) },
      { name: 'vec.npy', content: npyFloats(VALUES, [4, 3]) },
    ]),
  ],
];

describe('embeddings in a file', () => {
  it.each(FORMATS)('%s have ids, classes and vectors', async (name, content) => {
    const source = await openEmbeddings(write(name, content));
    expect(source.ids).toEqual(IDS);
    expect(source.columns).toEqual([
      { kind: 'category', name: 'class', categories: ['cat', 'dog'], codes: Int32Array.of(0, 1, 0, 1) },
    ]);
    expect(source.tables).toHaveLength(1);
    const vectors = await load(source);
    expect(vectors).toMatchObject({ count: 4, dimensions: 3, notes: [] });
    expect([...vectors.values]).toEqual(VALUES);
  });

  it('may be a .npy alone, of 64-bit floats in Fortran order or of one dimension', async () => {
    const fortran = npyBytes(bytesOf(Float64Array.of(1, 3, 2, 4)), {
      type: '<f8',
      shape: [2, 2],
      order: 'Fortran',
    });
    const source = await openEmbeddings(write('a.npy', fortran));
    expect([...(await load(source)).values]).toEqual([1, 2, 3, 4]);
    expect(source).toMatchObject({ name: 'a', ids: ['0', '1'], columns: [] });
    const flat = await openEmbeddings(write('b.npy', npyFloats([5, 6, 7], [3])));
    expect(await load(flat)).toMatchObject({ count: 3, dimensions: 1 });
  });

  it('may be several tables, coordinates among them', async () => {
    const npz = zipOf([
      { name: 'xy.npy', content: npyFloats([1, 2, 3, 4], [2, 2]) },
      { name: 'vectors.npy', content: npyFloats([1, 2, 3, 4, 5, 6], [2, 3]) },
      { name: 'y.npy', content: npyLabels(3, 3) },
      { name: 'images.npy', content: npyFloats([1, 2, 3, 4], [2, 2, 1]) },
      { name: 'other.npy', content: npyFloats([1, 2], [1, 2]) },
    ]);
    const source = await openEmbeddings(write('a.npz', npz));
    expect(names(source)).toEqual([
      ['xy', 2],
      ['vectors', 3],
    ]);
    expect(source.columns[0]).toMatchObject({ name: 'class', categories: ['3'] });
    expect(source.notes[0]).toBe('Arrays of another shape are left out: images (2 x 2 x 1), other (1 x 2).');

    const text = 'x,y,umap_2,umap_1,emb.0,emb.1,emb.2,loss\n1,2,3,4,5,6,7,0.5\n8,9,10,11,12,13,14,0.25\n';
    const table = await openEmbeddings(write('a.csv', text));
    expect(names(table)).toEqual([
      ['x, y', 2],
      ['umap', 2],
      ['emb', 3],
    ]);
    expect([...(await load(table, 1)).values]).toEqual([4, 3, 11, 10]);
    expect(table.columns).toEqual([{ kind: 'number', name: 'loss', values: Float32Array.of(0.5, 0.25) }]);
  });

  it.each([
    ['1,2\n3,4\n', [], ['0', '1']],
    ['1,2,cat\n3,4,dog\n', ['column 3'], ['0', '1']],
    ['0,1\n1,2\n3,4\n', [], ['0', '1']],
    [',0,1\n7,1,2\n8,3,4\n', [], ['7', '8']],
    ['1,2', [], ['0']],
  ])('may be text without names %j', async (text, columns, ids) => {
    const source = await openEmbeddings(write('a.csv', text));
    expect(names(source)).toEqual([['vectors', 2]]);
    expect(source.columns.map(({ name }) => name)).toEqual(columns);
    expect(source.ids).toEqual(ids);
    expect([...(await load(source)).values]).toEqual(ids.length === 1 ? [1, 2] : [1, 2, 3, 4]);
  });

  it('take what is known of the rows from the file beside numbers alone', async () => {
    write('metadata.tsv', 'word\tcount\nthe\t5\nof\t3\n');
    const source = await openEmbeddings(write('tensors.tsv', '1\t2\n3\t4\n'));
    expect(source.columns.map((column) => [column.name, cellText(column, 1)])).toEqual([
      ['word', 'of'],
      ['count', '3'],
    ]);
    write('metadata.tsv', 'a\nb\nc\nd\n');
    expect((await openEmbeddings(join(folder(), 'tensors.tsv'))).columns).toEqual([]);
  });

  it('keep their rows where values are missing or are no numbers', async () => {
    const text = 'id,dim0,dim1\na,1,2\nb,,2\nc,nan,1\nd,1,inf\ne,5,6\n';
    const source = await openEmbeddings(write('a.csv', text));
    expect(source.ids).toEqual(['a', 'b', 'c', 'd', 'e']);
    const vectors = await load(source);
    expect(vectors).toMatchObject({
      count: 2,
      rows: Int32Array.of(0, 4),
      values: Float32Array.of(1, 2, 5, 6),
    });
    expect(vectors.notes[0]).toContain('3 rows with NaN, infinite or missing values left out');
  });

  it('number the rows where ids repeat', async () => {
    const rows = Array.from({ length: 10_000 }, () => 'same,1,2').join('\n');
    const source = await openEmbeddings(write('a.csv', `id,dim0,dim1\n${rows}\n`));
    expect(source.ids.slice(-1)).toEqual(['9999']);
    expect(source.notes[0]).toContain('id has repeated or empty values');
    expect((await load(source)).count).toBe(10_000);
  });

  it('may have 4,096 dimensions, and quoted cells of several lines', async () => {
    const wide = Float32Array.from({ length: 2 * 4096 }, (_, i) => i);
    const source = await openEmbeddings(write('a.npy', npyFloats([...wide], [2, 4096])));
    expect((await load(source)).values).toEqual(wide);
    const quoted = 'id,dim0,dim1,note\n"a, ""b""",1,2,"two\nlines"\nc,3,4,one\n';
    const table = await openEmbeddings(write('a.csv', quoted));
    expect(table.ids).toEqual(['a, "b"', 'c']);
    expect(cellText(table.columns[0], 0)).toBe('two\nlines');
  });

  it.each([
    ['a.csv', '', 'is empty'],
    ['a.csv', 'id,name\na,b\n', 'has no columns of numbers'],
    ['a.csv', 'dim0,dim1\n', 'has no columns of numbers'],
    ['a.csv', 'dim0,dim1\n1,2\n3\n', 'has 1 cells in line 3 and 2 in the first'],
    ['a.csv', 'dim0,dim1\n1,"2\n3,4\n', 'damaged quotes in line 3'],
    ['a.npy', npyFloats([], [0, 4]), 'has no vectors (0 x 4)'],
    ['a.npy', npyFloats([1, 2, 3, 4], [2, 2]).subarray(0, 40), 'truncated'],
    ['a.npy', npyBytes(Buffer.from('ab'), { type: '|S1', shape: [2] }), 'has no array of numbers'],
    ['a.npy', npyBytes(Buffer.alloc(0), { type: '<f4', shape: [900_000, 4096] }), 'more than the 2.15 GB'],
    ['a.npz', zipOf([]), 'has no array of numbers'],
    ['a.npz', Buffer.from('no zip'), 'corrupt or truncated .npz'],
    ['a.parquet', parquetBytes([{ name: 'text', values: ['a'] }]), 'has no column of lists'],
    ['a.parquet', Buffer.from('PAR1'), 'cannot be read as Parquet'],
    ['a.bytes', Buffer.alloc(8), 'is no file of embeddings'],
  ])('%s of %j is refused with a sentence', async (name, content, message) => {
    const failure = openEmbeddings(write(name, content));
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toBeInstanceOf(HumanError);
  });

  it('whose values are truncated is refused when they are loaded', async () => {
    const source = await openEmbeddings(write('a.npy', npyFloats([1, 2, 3, 4], [2, 2]).subarray(0, -3)));
    await expect(load(source)).rejects.toThrow('truncated');
  });
});
