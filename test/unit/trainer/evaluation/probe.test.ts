/** The linear probe learns what is linearly separable, and nothing else. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { top1 } from '../../../../src/domain/metrics/accuracy';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { Engine } from '../../../../src/engine/engine';
import { denseTable, fitScaling, pixelTable, scaled } from '../../../../src/trainer/evaluation/featureTable';
import { linearProbe } from '../../../../src/trainer/evaluation/probe';
import { classRows, classify } from '../../../../src/trainer/evaluation/linearClassifier';
import type { ChosenProbe } from '../../../../src/trainer/evaluation/chosenProbe';
import { chosenProbe } from '../../../../src/trainer/evaluation/chosenProbe';
import { probeProtocol } from '../../../../src/trainer/evaluation/probeFigures';
import { stageTwoOptimiser } from '../../../../src/trainer/optimiser/createOptimiser';
import type { Port } from '../../../../src/trainer/port';

const WIDTH = 6;
const CLASSES = 3;
const PORT: Port = {
  send: () => undefined,
  stopped: new AbortController().signal,
  flush: () => Promise.resolve(),
};
const OPTIMISER = stageTwoOptimiser(parseConfiguration({}, 'test'));
const SETTING = {
  epochs: 20,
  batchSize: 32,
  learningRate: 1,
  optimiser: OPTIMISER,
  classes: CLASSES,
  seed: 1,
};

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

  test('separates clusters, and hands out the classifier that did', async () => {
    const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };
    const epochs: number[] = [];
    const result = await linearProbe(engine, tables, SETTING, {
      port: PORT,
      onEpoch: (epoch) => epochs.push(epoch),
    });
    expect(result.top1).toBeGreaterThan(0.97);
    expect(epochs).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    // What has been read out of the engine gives the logits that the engine gave.
    const logits = classify(result.classifier, cluster(100, 3).features);
    result.logits.forEach((logit, i) => expect(logits[i]).toBeCloseTo(logit, 3));
    expect(top1(result.validationLogits, cluster(50, 2).labels, CLASSES)).toBeGreaterThan(0.95);
  });

  test.each([
    ['rmsprop', 0.01],
    ['adam', 0.05],
    ['adamw', 0.05],
    ['lars', 1],
  ] as const)('separates them with %s', async (name, learningRate) => {
    const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };
    const setting = { ...SETTING, learningRate, optimiser: { ...OPTIMISER, name } };
    const { top1: share, classifier } = await linearProbe(engine, tables, setting, { port: PORT });
    expect(share).toBeGreaterThan(0.95);
    const plain = await linearProbe(engine, tables, { ...SETTING, learningRate }, { port: PORT });
    expect(classifier.kernel).not.toEqual(plain.classifier.kernel);
  });

  test('is trained by SGD without decay, Nesterov or clipping unless stage 2 says otherwise', () => {
    const optimiser = { name: 'lars', momentum: 0.8, weightDecay: 0.01, clipNorm: 3 } as const;
    const plain = parseConfiguration({ optimiser }, 'test');
    const sgd = { name: 'sgd', momentum: 0.8, weightDecay: 0, nesterov: false, clipNorm: 0 };
    expect(stageTwoOptimiser(plain)).toMatchObject(sgd);
    const run = (configuration: typeof plain) => ({ engine, configuration, classes: CLASSES });
    const chosen = { learningRate: 5 } as ChosenProbe;
    expect(probeProtocol(run(plain), chosen)).toMatch(/^SGD momentum 0\.8, cosine from 5, 50 epochs of 256/);
    const adamw = parseConfiguration({ stage2: { optimiser: 'adamw', weightDecay: 0.02 } }, 'test');
    expect(probeProtocol(run(adamw), chosen)).toMatch(
      /^AdamW betas 0\.9 and 0\.999, weight decay 0\.02, cosine/,
    );
    expect(() => parseConfiguration({ stage2: { optimiser: 'adagrad' } }, 'x')).toThrow(
      /"stage2\.optimiser" must be one of "sgd", "rmsprop"/,
    );
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
    const result = await linearProbe(engine, tables, { ...SETTING, epochs: 5 }, { port: PORT });
    expect(result.top1).toBeLessThan(0.45);
  });

  test('leaves as soon as the run is stopped', async () => {
    const stopped = AbortSignal.abort();
    const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };
    await expect(linearProbe(engine, tables, SETTING, { port: { ...PORT, stopped } })).rejects.toThrow(
      'stopped',
    );
  });
});

describe('chosenProbe', () => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine('onnx', { threads: 1 }));
  });
  const tables = { train: tableOf(300, 1), validation: tableOf(50, 2), test: tableOf(100, 3) };

  test('trains once at its own rate where there is nothing to choose', async () => {
    const chosen = await chosenProbe(engine, tables, { ...SETTING, rates: [] }, { port: PORT });
    const plain = await linearProbe(engine, tables, SETTING, { port: PORT });
    expect(chosen.learningRate).toBe(1);
    expect(chosen.logits).toEqual(plain.logits);
  });

  test('takes the rate that validation prefers, whatever the test table says, and tells its epochs alone', async () => {
    // At rate 0 every logit stays zero and every answer is class 0. The test labels are turned round: on them, that is
    // better than to have learnt.
    const turned = { ...tables.test, labels: tables.test.labels.map((label) => (label + 1) % CLASSES) };
    const epochs: number[] = [];
    const done: number[] = [];
    const chosen = await chosenProbe(
      engine,
      { ...tables, test: turned },
      { ...SETTING, epochs: 4, rates: [0, 1, 0] },
      { port: PORT, onEpoch: (epoch) => epochs.push(epoch), onProgress: (share) => done.push(share) },
    );
    expect(chosen.learningRate).toBe(1);
    expect(chosen.top1).toBeLessThan(0.1);
    expect(epochs).toEqual([1, 2, 3, 4]);
    expect(done).toHaveLength(12);
    expect(done.at(-1)).toBe(1);
    expect(done).toEqual([...done].sort((a, b) => a - b));
  });
});

test('classRows gives the weights of a class as one row', () => {
  const scaling = { mean: new Float32Array(2), factor: 1 };
  const classifier = { kernel: Float32Array.of(1, 2, 3, 4, 5, 6), bias: new Float32Array(3), scaling };
  expect(Array.from(classRows(classifier, [2, 0]))).toEqual([3, 6, 1, 4]);
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
