/** Several batches make one optimiser step: what is reported, which batches they are, and that a checkpoint is whole. */
import { expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { fillNormal } from '../../../../src/domain/random/fill';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import type { NamedValues } from '../../../../src/engine/engine';
import type { Batch, Loader } from '../../../../src/trainer/data/loader';
import { runBatches, together } from '../../../../src/trainer/loop/batches';
import { createModel } from '../../../../src/trainer/model/model';
import { trainingModule } from '../../../../src/trainer/module';

const CONFIGURATION = parseConfiguration(
  {
    model: { width: 4 },
    loss: { name: 'cross-entropy' },
    augmentation: { views: 1 },
    stage1: { batchSize: 4, accumulate: 3 },
    optimiser: { name: 'adamw' },
  },
  'test',
);

/** The batch of a step depends on the step alone; the arrays are used again, as the real loader does. */
function fakeLoader(asked: number[]): Loader {
  const views = new Float32Array(4 * 8 * 8 * 3);
  const labels = new Int32Array(4);
  return {
    stepsPerEpoch: 6,
    next(step): Promise<Batch> {
      asked.push(step);
      fillNormal(views, randomStream(step), 1);
      labels.forEach((_, row) => (labels[row] = (row + step) % 4));
      return Promise.resolve({ views, labels, samples: labels, epoch: 0, waitedMs: 2 });
    },
    close: () => Promise.resolve(),
  };
}

async function startSession() {
  const { engine } = await createEngine('onnx', { threads: 1 });
  const model = createModel(CONFIGURATION, { height: 8, width: 8, channels: 3 }, 4);
  const { module, initial } = trainingModule(CONFIGURATION, model, [8, 8, 3]);
  const { train } = module.programs;
  return engine.load({ state: module.state, programs: { train } }, initial);
}

test('a step takes its own batches, and a session restored between two steps goes on to the bit', async () => {
  const asked: number[] = [];
  const loader = fakeLoader(asked);
  const straight = await startSession();
  const step = (session: typeof straight, index: number) =>
    runBatches({ configuration: CONFIGURATION, session }, { loader }, { step: index, rate: 0.01 });
  await step(straight, 0);
  const saved = await straight.readState();
  const second = await step(straight, 1);
  expect(asked).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...second.labels]).toEqual([3, 0, 1, 2, 0, 1, 2, 3, 1, 2, 3, 0]);
  expect(second.waitedMs).toBe(6);

  const resumed = await startSession();
  await resumed.writeState(saved);
  expect((await step(resumed, 1)).outputs).toEqual(second.outputs);
  expectSame(await resumed.readState(), await straight.readState());
});

function expectSame(actual: NamedValues, wanted: NamedValues): void {
  expect(Object.keys(actual)).toEqual(Object.keys(wanted));
  for (const [name, values] of Object.entries(wanted)) expect(actual[name], name).toEqual(values);
}

test('outputs are means, norms are those of the last call, labels and waits add up', () => {
  const result = (loss: number, norm: number, label: number) => ({
    outputs: {
      loss: Float32Array.of(loss),
      gradientNorm: Float32Array.of(norm),
      updateNorm: Float32Array.of(-norm),
    },
    labels: Int32Array.of(label, label),
    waitedMs: 3,
  });
  expect(together([result(1, 9, 0), result(2, 8, 1), result(6, 7, 2)])).toEqual({
    outputs: { loss: Float32Array.of(3), gradientNorm: Float32Array.of(7), updateNorm: Float32Array.of(-7) },
    labels: Int32Array.of(0, 0, 1, 1, 2, 2),
    waitedMs: 9,
  });
});
