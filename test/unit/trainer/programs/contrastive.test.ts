/** The contrastive step: its loss and figures against the closed form, and what a step does to the state. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { supConLoss } from '../../../../src/domain/losses/supcon';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { Engine, NamedValues } from '../../../../src/engine/engine';
import { createModel } from '../../../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';
import { createOptimiser } from '../../../../src/trainer/optimiser/createOptimiser';
import { SLOT_PREFIX } from '../../../../src/trainer/optimiser/sgd';
import { encodeProgram } from '../../../../src/trainer/programs/encode';
import { stageOneProgram } from '../../../../src/trainer/programs/stageOne';

const SHAPE = [8, 8, 3] as const;
const BATCH = { images: 6, views: 2, shape: SHAPE };
const COUNT = BATCH.images * BATCH.views;
const LABELS = Int32Array.from({ length: COUNT }, (_, i) => [0, 1, 2, 0, 1, 3][i % BATCH.images]);

function configure(changes: object) {
  return parseConfiguration({ model: { width: 4, projectionWidth: 8 }, ...changes }, 'test');
}

function randomImages(seed: number, count: number): Float32Array {
  const stream = randomStream(seed);
  return Float32Array.from({ length: count * SHAPE[0] * SHAPE[1] * SHAPE[2] }, () => stream.normal());
}

async function loadStep(engine: Engine, changes: object = {}) {
  const configuration = configure(changes);
  const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, 4);
  const state = [...model.parameters, ...createOptimiser(configuration).slots(model.parameters)];
  const programs = {
    train: stageOneProgram(configuration, model, BATCH),
    encode: encodeProgram(model, COUNT, SHAPE),
  };
  return engine.load({ state: tensorSpecs(state), programs }, initialValues(state, 3));
}

function inputs(rate: number, seed = 1): NamedValues {
  return { views: randomImages(seed, COUNT), labels: LABELS, rate: Float32Array.of(rate) };
}

describe.each(['eager', 'onnx'] as const)('the stage-1 step on %s', (name) => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine(name, { threads: 1 }));
  });

  test('scales the loss and counts positives', async () => {
    const session = await loadStep(engine, { loss: { scale: 'tau/base' } });
    const outputs = await session.run('train', inputs(0));
    const unscaled = outputs['unscaledLoss'][0];
    expect(outputs['loss'][0]).toBeCloseTo((unscaled * 0.1) / 0.07, 4);
    expect(outputs['positivesPerAnchor'][0]).toBeCloseTo((8 * 3 + 4 * 1) / 12, 5);
    expect(outputs['anchorsWithoutPositives'][0]).toBe(0);
    await session.dispose();
  });

  test('descends on a fixed batch and moves weights, slots and running statistics', async () => {
    const session = await loadStep(engine);
    const before = await session.readState();
    const losses: number[] = [];
    for (let i = 0; i < 12; i++) losses.push((await session.run('train', inputs(0.05)))['loss'][0]);
    expect(losses[11]).toBeLessThan(losses[0] - 0.3);
    const after = await session.readState();
    for (const key of [
      'encoder/stem/kernel',
      'projection/output/kernel',
      'encoder/stem/mean',
      `${SLOT_PREFIX}encoder/stem/kernel`,
    ]) {
      expect(after[key], key).not.toEqual(before[key]);
    }
    await session.dispose();
  });

  test('reports a finite gradient and the geometry of its batch', async () => {
    const session = await loadStep(engine);
    const outputs = await session.run('train', inputs(0));
    expect(Number.isFinite(outputs['gradientNorm'][0])).toBe(true);
    expect(outputs['deviation'][0]).toBeGreaterThan(0);
    expect(outputs['cosineSameImage'][0]).toBeLessThanOrEqual(1);
    await session.dispose();
  });

  test('normalises projections in inference', async () => {
    const session = await loadStep(engine);
    const { head, features } = await session.run('encode', { images: randomImages(5, COUNT) });
    expect(features.length).toBe(COUNT * 16);
    for (let row = 0; row < COUNT; row++) {
      expect(Math.hypot(...head.subarray(row * 8, (row + 1) * 8))).toBeCloseTo(1, 4);
    }
    await session.dispose();
  });

  test('trains the cross-entropy baseline through the same inputs', async () => {
    const session = await loadStep(engine, { loss: { name: 'cross-entropy' } });
    const losses: number[] = [];
    for (let i = 0; i < 12; i++) losses.push((await session.run('train', inputs(0.05)))['loss'][0]);
    expect(losses[0]).toBeGreaterThan(0.5);
    expect(losses[11]).toBeLessThan(losses[0] - 0.3);
    await session.dispose();
  });
});

test('supConLoss of the domain sees equal embeddings as collapse', () => {
  const { value } = supConLoss({
    embeddings: new Float32Array(COUNT * 4).fill(0.5),
    dimensions: 4,
    labels: LABELS,
    temperature: 0.1,
  });
  expect(value).toBeCloseTo(Math.log(COUNT - 1), 6);
});
