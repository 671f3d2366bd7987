import { rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEmbeddings } from '../../../../src/formats/embeddings/open';
import { useTemporaryFolder } from '../datasets/temporaryFolder';
import { writeEpoch, writeRunMetadata } from './runFiles';

const run = useTemporaryFolder();

describe('the embeddings of a run', () => {
  it('are listed by table and epoch, with ids, classes and split', async () => {
    writeRunMetadata(run(), ['bag', 'coat', 'bag']);
    writeEpoch(run(), 2, [1, 2, 3, 4, 5, 6]);
    writeEpoch(run(), 10, [6, 5, 4, 3, 2, 1]);
    const source = await openEmbeddings(run());
    expect(source).toMatchObject({ kind: 'run', place: run(), datasetHash: 'abc', notes: [] });
    expect(source.ids).toEqual(['train/0', 'train/1', 'train/2']);
    expect(source.columns.map(({ name }) => name)).toEqual(['class', 'split']);
    expect(source.columns[0]).toMatchObject({ categories: ['bag', 'coat'], codes: Int32Array.of(0, 1, 0) });
    const [features, projections] = source.tables;
    expect(features).toMatchObject({ name: 'features', dimensions: 2 });
    expect(features.epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [2, 20],
      [10, 100],
    ]);
    const vectors = await features.epochs[1].load();
    expect(vectors).toMatchObject({ count: 3, dimensions: 2, rows: Int32Array.of(0, 1, 2), notes: [] });
    expect([...vectors.values]).toEqual([6, 5, 4, 3, 2, 1]);
    expect((await projections.epochs[0].load()).values).toEqual(Float32Array.of(2, 2, 2));
  });

  it('do not include an epoch that is being written, and do on another look', async () => {
    writeRunMetadata(run(), ['bag', 'coat']);
    writeEpoch(run(), 1, [1, 2, 3, 4]);
    const folder = writeEpoch(run(), 2, [1, 2, 3, 4]);
    rmSync(join(folder, 'snapshot.json'));
    expect((await openEmbeddings(run())).tables[0].epochs).toHaveLength(1);
    writeEpoch(run(), 2, [1, 2, 3, 4]);
    expect((await openEmbeddings(run())).tables[0].epochs).toHaveLength(2);
  });

  it('leave out an epoch that is damaged, and say so', async () => {
    writeRunMetadata(run(), ['bag', 'coat']);
    writeEpoch(run(), 1, [1, 2, 3, 4]);
    truncateSync(join(writeEpoch(run(), 2, [1, 2, 3, 4]), 'features.bytes'), 12);
    writeFileSync(join(writeEpoch(run(), 3, [1, 2, 3, 4]), 'snapshot.json'), '{"epoch":');
    writeFileSync(join(writeEpoch(run(), 4, [1, 2, 3, 4]), 'snapshot.json'), '{"epoch": 4}');
    const { tables, notes } = await openEmbeddings(run());
    expect(tables[0].epochs.map(({ epoch }) => epoch)).toEqual([1]);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toMatch(/^epoch-000002 is left out: .*features\.bytes has 12 bytes/);
  });

  it('tell what rows are left out because they are not finite, and which are zero', async () => {
    writeRunMetadata(run(), ['a', 'b', 'a', 'b']);
    writeEpoch(run(), 1, [1, 2, Number.NaN, 4, 0, 0, 7, Infinity]);
    const { tables } = await openEmbeddings(run());
    const vectors = await tables[0].epochs[0].load();
    expect(vectors).toMatchObject({
      count: 2,
      rows: Int32Array.of(0, 2),
      values: Float32Array.of(1, 2, 0, 0),
    });
    expect(vectors.notes).toEqual([
      expect.stringContaining('2 rows with NaN, infinite or missing values left out.'),
      expect.stringContaining('1 row of zeros'),
    ]);
  });

  it('need one finite row', async () => {
    writeRunMetadata(run(), ['a']);
    writeEpoch(run(), 1, [Number.NaN, 1]);
    const { tables } = await openEmbeddings(run());
    await expect(tables[0].epochs[0].load()).rejects.toThrow(
      'no row without NaN, infinite or missing values',
    );
  });

  it('come with predictions where a classifier of the run gave some', async () => {
    writeRunMetadata(run(), ['bag', 'coat', 'bag']);
    const folder = writeEpoch(run(), 1, [1, 2, 3, 4, 5, 6]);
    writeFileSync(join(folder, 'predictions.tsv'), 'prediction\tconfidence\nbag\t0.5\nbag\t0.75\ncoat\t1\n');
    const { tables } = await openEmbeddings(run());
    expect(await tables[0].epochs[0].columns()).toEqual([
      { kind: 'category', name: 'prediction', categories: ['bag', 'coat'], codes: Int32Array.of(0, 0, 1) },
      { kind: 'number', name: 'confidence', values: Float32Array.of(0.5, 0.75, 1) },
      { kind: 'category', name: 'correct', categories: ['correct', 'wrong'], codes: Int32Array.of(0, 1, 1) },
    ]);
  });

  it('say what is missing when there are none', async () => {
    writeFileSync(join(run(), 'run.json'), '{}');
    await expect(openEmbeddings(run())).rejects.toThrow('has no embeddings yet');
    await expect(openEmbeddings(join(run(), 'nowhere'))).rejects.toThrow('does not exist: check the path');
  });
});
