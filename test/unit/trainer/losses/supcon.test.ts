/** The tensor form of SupCon, traced and eager, against the closed form: value and gradient, published vectors included. */
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { supConLoss as closedForm } from '../../../../src/domain/losses/supcon';
import { randomStream } from '../../../../src/domain/random/stream';
import { createEngine } from '../../../../src/engine/choose';
import { gradientsWithAux } from '../../../../src/engine/ops/gradients';
import { supConLoss } from '../../../../src/trainer/losses/supcon';

interface Batch {
  readonly embeddings: Float32Array;
  readonly dimensions: number;
  readonly labels: Int32Array;
  readonly temperature: number;
}

/** The three images of the paper's reference tests, two views each, view-major and not normalised. */
const PUBLISHED: Batch = {
  embeddings: Float32Array.of(
    ...[0.01, 0.02, 0.14, 0.86, 0.97, 0.33, 0.32, 0.64, 0.28],
    ...[0.38, 0.61, 0.5, 0.26, 0.68, 0.45, 0.45, 0.74, 0.73],
  ),
  dimensions: 3,
  labels: Int32Array.of(0, 0, 1, 0, 0, 1),
  temperature: 1,
};

/** Rows of length one; the last label has no positive. */
function randomBatch(seed: number): Batch {
  const stream = randomStream(seed);
  const dimensions = 6;
  const labels = Int32Array.of(0, 1, 2, 0, 1, 2, 1, 3);
  const rows = Array.from(labels, () => Array.from({ length: dimensions }, () => stream.normal()));
  const unit = rows.flatMap((row) => row.map((x) => x / Math.hypot(...row)));
  return { embeddings: Float32Array.from(unit), dimensions, labels, temperature: 0.1 };
}

async function run(name: 'onnx' | 'eager', batch: Batch) {
  const { engine } = await createEngine(name, { threads: 1 });
  const shape = [batch.labels.length, batch.dimensions];
  const session = await engine.load(
    {
      state: { unused: { shape: [1], dtype: 'float32' } },
      programs: {
        loss: {
          inputs: {
            embeddings: { shape, dtype: 'float32' },
            labels: { shape: [batch.labels.length], dtype: 'int32' },
          },
          build(inputs) {
            const labels = inputs['labels'] as Tensor1D;
            const { loss, gradients } = gradientsWithAux(
              ([z]) => ({ loss: supConLoss(z as Tensor2D, labels, batch.temperature).loss, aux: {} }),
              [inputs['embeddings']],
            );
            return { outputs: { loss, gradient: gradients[0] } };
          },
        },
      },
    },
    { unused: new Float32Array(1) },
  );
  return session.run('loss', { embeddings: batch.embeddings, labels: batch.labels });
}

describe.each(['eager', 'onnx'] as const)('supConLoss on %s', (name) => {
  test('is the published mean to six digits', async () => {
    const { loss } = await run(name, PUBLISHED);
    expect(loss[0]).toBeCloseTo((1.6755852 + 1.7973773 + 1.58471) / 3, 6);
  });

  test.each([1, 2, 3])('has the value and gradient of the closed form, batch %d', async (seed) => {
    const batch = randomBatch(seed);
    const expected = closedForm(batch);
    const { loss, gradient } = await run(name, batch);
    expect(Math.abs(loss[0] - expected.value)).toBeLessThan(1e-5);
    const error = Math.hypot(...Array.from(gradient, (x, i) => x - expected.gradient[i]));
    expect(error / Math.hypot(...expected.gradient)).toBeLessThan(1e-5);
  });
});
