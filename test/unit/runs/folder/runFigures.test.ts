import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCellSamples, readRunFigures } from '../../../../src/runs/folder/runFigures';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'supcon-figures-'));
  await mkdir(join(folder, 'diagnostics'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, value: unknown) =>
  writeFile(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value));

function epoch(number: number) {
  const histograms = { sameClass: [1, 2], otherClass: [2, 1] };
  return { formatVersion: 1, epoch: number, step: number * 10, uniformity: -2, histograms, rankme: 4 };
}

describe('the figures of a run beside its curves', () => {
  it('are null where nothing is recorded, and each file that is damaged hides itself alone', async () => {
    expect(await readRunFigures(folder)).toEqual({ reliability: null, confusion: null, epochs: [] });
    await write('results.json', {
      formatVersion: 1,
      perClass: 'broken',
      calibration: { ece: 0.1, reliability: [] },
    });
    await write('diagnostics/epoch-000001.json', epoch(1));
    await write('diagnostics/epoch-000002.json', '{"formatVersion": 1, "epo');
    const { reliability, confusion, epochs } = await readRunFigures(folder);
    expect(reliability).toEqual({ ece: 0.1, bins: [] });
    expect(confusion).toBeNull();
    expect(epochs).toEqual([
      { epoch: 1, step: 10, classAlignment: NaN, uniformity: -2, sameClass: [1, 2], otherClass: [2, 1] },
    ]);
  });

  it('are thinned over many epochs, and keep the last', async () => {
    for (let i = 1; i <= 401; i++)
      await write(`diagnostics/epoch-${String(i).padStart(6, '0')}.json`, epoch(i));
    const { epochs } = await readRunFigures(folder);
    expect(epochs.length).toBeLessThanOrEqual(200);
    expect(epochs.at(-1)?.epoch).toBe(401);
  });
});

describe('the samples behind a cell of the confusion matrix', () => {
  it('are those of its class and answer, the most confident first', async () => {
    expect(await readCellSamples(folder, { trueClass: 0, answer: 1 })).toBeNull();
    await write('predictions.json', {
      formatVersion: 1,
      split: 'test',
      protocol: 'linear probe',
      datasetHash: 'd',
      classes: ['a', 'b'],
      labels: [0, 0, 1, 0],
      answers: [1, 0, 1, 1],
      confidence: [0.6, 0.9, 0.9, 0.8],
      hashes: ['w', 'x', 'y', 'z'],
    });
    expect(await readCellSamples(folder, { trueClass: 0, answer: 1 })).toEqual([
      { place: 3, confidence: 0.8 },
      { place: 0, confidence: 0.6 },
    ]);
  });
});
