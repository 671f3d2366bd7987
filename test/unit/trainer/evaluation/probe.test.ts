/** The linear probe learns what is linearly separable, and nothing else. */
import { beforeAll, describe, expect, test } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { Engine } from '../../../../src/engine/engine';
import { denseTable, fitScaling, pixelTable, scaled } from '../../../../src/trainer/evaluation/featureTable';
import { linearProbe, softmaxRows } from '../../../../src/trainer/evaluation/probe';
import type { Port } from '../../../../src/trainer/port';

const WIDTH = 6;
const CLASSES = 3;
const PORT: Port = {
  send: () => undefined,
  stopped: new AbortController().signal,
  flush: () => Promise.resolve(),
};
const SETTING = { epochs: 20, batchSize: 32, learningRate: 1, momentum: 0.9, classes: CLASSES, seed: 1 };

/** Classes at three corners, far from the origin and on very different scales, with unit noise. */
function cluster(count: number, seed: number) {
  const stream = randomStream(seed);
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASSES);
  const features = new Float32Array(count * WIDTH);
  labels.forEach((label, i) => {
    for (let k = 0; k < WIDTH; k++)
      features[i * WIDTH + k] = 100 + 50 * (k === label ? 1 : 0) + 4 * stream.normal();
  });
  return { features, labels };
}

function tableOf(count: number, seed: number) {
  const { features, labels } = cluster(count, seed);
  return denseTable(features, labels);
}

describe('linearProbe', () => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine('onnx', { threads: 1 }));
  });

  test('separates clusters, and its probabilities are distributions', async () => {
    const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };
    const epochs: number[] = [];
    const result = await linearProbe(engine, tables, SETTING, {
      port: PORT,
      onEpoch: (epoch) => epochs.push(epoch),
    });
    expect(result.top1).toBeGreaterThan(0.97);
    expect(epochs).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    for (let row = 0; row < 100; row++) {
      const sum = result.probabilities.subarray(row * CLASSES, (row + 1) * CLASSES).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 5);
    }
  });

  test('is at chance on labels that have nothing to do with the features', async () => {
    const shuffled = (table: ReturnType<typeof tableOf>, seed: number) => {
      const stream = randomStream(seed);
      return { ...table, labels: table.labels.map(() => stream.integer(CLASSES)) };
    };
    const tables = {
      train: shuffled(tableOf(600, 1), 7),
      validation: tableOf(50, 2),
      test: shuffled(tableOf(600, 3), 8),
    };
    const { top1 } = await linearProbe(engine, tables, { ...SETTING, epochs: 5 }, { port: PORT });
    expect(top1).toBeLessThan(0.45);
  });

  test('leaves as soon as the run is stopped', async () => {
    const stopped = AbortSignal.abort();
    const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };
    await expect(linearProbe(engine, tables, SETTING, { port: { ...PORT, stopped } })).rejects.toThrow(
      'stopped',
    );
  });
});

describe('feature tables', () => {
  test('scaling centres the rows and makes the largest variance one', () => {
    const table = tableOf(900, 4);
    const result = scaled(table, fitScaling(table));
    const sum = new Float64Array(WIDTH);
    const row = new Float32Array(WIDTH);
    let largest = 0;
    for (let i = 0; i < 900; i++) {
      result.copyRow(i, row, 0);
      row.forEach((x, k) => (sum[k] += x / 900));
      // The clusters spread along differences of the first three axes.
      largest += (row[0] - row[1]) ** 2 / 2 / 900;
    }
    sum.forEach((mean) => expect(mean).toBeCloseTo(0, 4));
    expect(largest).toBeGreaterThan(0.9);
    // Power iteration stops within a few per cent of the largest eigenvalue.
    expect(largest).toBeLessThan(1.03);
  });

  test('a pixel table reads the named rows, from 0 to 1', () => {
    const table = pixelTable(
      Uint8Array.from([0, 255, 51, 102, 255, 0]),
      Int32Array.from([4, 5, 6]),
      Int32Array.from([2, 1]),
    );
    const into = new Float32Array(3);
    table.copyRow(1, into, 1);
    expect(Array.from(into)).toEqual([0, Math.fround(0.2), Math.fround(0.4)]);
    expect(Array.from(table.labels)).toEqual([6, 5]);
  });
});

test('softmaxRows survives large logits', () => {
  expect(Array.from(softmaxRows(Float32Array.of(1000, 0, 3, 3), 2))).toEqual([1, 0, 0.5, 0.5]);
});
