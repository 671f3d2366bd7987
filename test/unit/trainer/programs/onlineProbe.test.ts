/** The online probe learns beside the encoder and leaves no trace in it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { Engine, NamedValues } from '../../../../src/engine/engine';
import { createModel } from '../../../../src/trainer/model/model';
import { trainingModule } from '../../../../src/trainer/module';
import { ONLINE_PROBE, withOnlineProbe } from '../../../../src/trainer/programs/onlineProbe';

const SHAPE = [8, 8, 3] as const;
const IMAGES = 6;
const COUNT = 2 * IMAGES;
const CLASSES = 4;
const LABELS = Int32Array.from({ length: COUNT }, (_, i) => [0, 1, 2, 0, 1, 3][i % IMAGES]);

function modules(loss: string) {
  const configuration = parseConfiguration(
    { model: { width: 4, projectionWidth: 8 }, loss: { name: loss }, stage1: { batchSize: IMAGES } },
    'test',
  );
  const model = createModel(configuration, { height: 8, width: 8, channels: 3 }, CLASSES);
  const plain = trainingModule(configuration, model, SHAPE);
  const probed = withOnlineProbe((shown) => trainingModule(configuration, shown, SHAPE), model, CLASSES);
  return { model, plain, probed };
}

function inputs(rate: number): NamedValues {
  const stream = randomStream(1);
  const size = SHAPE[0] * SHAPE[1] * SHAPE[2];
  const views = Float32Array.from({ length: COUNT * size }, () => stream.normal());
  return { views, labels: LABELS, rate: Float32Array.of(rate) };
}

describe('the online probe', () => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine('onnx', { threads: 1 }));
  });

  test.each(['supcon', 'cross-entropy'])('changes nothing of %s training', async (loss) => {
    const { plain, probed } = modules(loss);
    const without = await engine.load(plain.module, plain.initial);
    const beside = await engine.load(probed.module, probed.initial);
    for (let step = 0; step < 3; step++) {
      const expected = await without.run('train', inputs(0.05));
      const found = await beside.run('train', inputs(0.05));
      for (const output of Object.keys(expected)) expect(found[output], output).toEqual(expected[output]);
    }
    const weights = await without.readState();
    const others = await beside.readState(Object.keys(weights));
    for (const key of Object.keys(weights)) expect(others[key], key).toEqual(weights[key]);
    await without.dispose();
    await beside.dispose();
  });

  test('begins at ln C and descends to where its batch is separated', async () => {
    const { probed } = modules('supcon');
    const session = await engine.load(probed.module, probed.initial);
    // At rate 0 the encoder stands still, and softmax regression on one batch is convex.
    const losses: number[] = [];
    let accuracy = 0;
    for (let step = 0; step < 60; step++) {
      const outputs = await session.run('train', inputs(0));
      losses.push(outputs['onlineProbeLoss'][0]);
      accuracy = outputs['onlineProbeAccuracy'][0];
    }
    expect(losses[0]).toBeCloseTo(Math.log(CLASSES), 5);
    expect(losses[59]).toBeLessThan(0.5 * losses[0]);
    expect(accuracy).toBe(1);
    await session.dispose();
  });
});

test.each(['eager', 'onnx'] as const)('takes the step that the formula says on %s', async (name) => {
  const { engine } = await createEngine(name, { threads: 1 });
  const { model, probed } = modules('supcon');
  const session = await engine.load(probed.module, probed.initial);
  await session.run('train', inputs(0));
  const state = await session.readState(Object.values(ONLINE_PROBE));
  // From zero weights every class has probability 1/4, so the bias moves by minus its mean error: the share of the
  // class less 1/4. Of the twelve labels 4 are 0, 4 are 1, 2 are 2 and 2 are 3.
  const bias = state[ONLINE_PROBE.bias];
  [4 / 12, 4 / 12, 2 / 12, 2 / 12].forEach((share, c) => expect(bias[c]).toBeCloseTo(share - 0.25, 5));
  // Centred features: each column of the kernel's gradient sums over classes to zero.
  const kernel = state[ONLINE_PROBE.kernel];
  for (let k = 0; k < model.encoder.featureWidth; k++) {
    const row = kernel.subarray(k * CLASSES, (k + 1) * CLASSES);
    expect(Array.from(row).reduce((a, b) => a + b, 0)).toBeCloseTo(0, 5);
  }
  // Running statistics move a tenth of the way from 1.
  expect(state[ONLINE_PROBE.variance][0]).not.toBe(1);
  await session.dispose();
});
