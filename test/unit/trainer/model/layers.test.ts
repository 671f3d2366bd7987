/** Padding of strided convolutions and pooling, worked out by hand, and what heads make of features. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import '../../../../src/engine/gradients';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../../src/domain/configuration/schema';
import type { NamedValues, Program } from '../../../../src/engine/engine';
import { projectionHead } from '../../../../src/trainer/model/heads';
import type { ModelContext } from '../../../../src/trainer/model/layers';
import { convolution, maxPooling, normaliseRows } from '../../../../src/trainer/model/layers';
import { createModel } from '../../../../src/trainer/model/model';
import { initialValues } from '../../../../src/trainer/model/parameters';
import { randomValues, runOnce } from '../../engine/support';

const LAYER = { name: 'c', size: 3, stride: 2, inputs: 1, outputs: 1 } as const;

async function outputOf(make: (x: tf.Tensor4D) => tf.Tensor, image: readonly number[]): Promise<number[]> {
  const side = Math.sqrt(image.length);
  const program: Program = {
    inputs: { x: { shape: [1, side, side, 1], dtype: 'float32' } },
    build: ({ x }) => ({ outputs: { y: make(x as tf.Tensor4D) } }),
  };
  const { y } = await runOnce('onnx', program, { x: Float32Array.from(image) });
  return Array.from(y);
}

describe('a 3x3 window of stride 2 over 4x4 pixels', () => {
  const convolve = (padding: 'same' | 'symmetric') => (x: tf.Tensor4D) => {
    const tensors = { 'c/kernel': tf.ones([3, 3, 1, 1]) };
    return convolution({ mode: 'infer', tensors, statistics: {} }, { ...LAYER, padding }, x);
  };
  const ones = new Array<number>(16).fill(1);
  const counted = Array.from({ length: 16 }, (_, i) => i);

  it('begins outside of the image with symmetric padding, as PyTorch has it', async () => {
    // Rows and columns -1 to 1, of which two are inside, and 1 to 3.
    expect(await outputOf(convolve('symmetric'), ones)).toEqual([4, 6, 6, 9]);
    expect(await outputOf((x) => maxPooling(x, 'symmetric'), counted)).toEqual([5, 7, 13, 15]);
  });

  it('ends outside of it with the padding same, as TensorFlow has it', async () => {
    // Rows and columns 0 to 2, and 2 to 4, of which two are inside.
    expect(await outputOf(convolve('same'), ones)).toEqual([9, 6, 6, 4]);
    expect(await outputOf((x) => maxPooling(x, 'same'), counted)).toEqual([10, 11, 14, 15]);
  });
});

type Model = NonNullable<PartialConfiguration['model']>;

/** Runs a function of 6 x 4 features on the eager engine. */
async function onFeatures(make: (x: tf.Tensor2D) => Record<string, tf.Tensor>): Promise<NamedValues> {
  const inputs = { x: { shape: [6, 4], dtype: 'float32' } } as const;
  const program: Program = { inputs, build: ({ x }) => ({ outputs: make(x as tf.Tensor2D) }) };
  const values = randomValues(inputs, 3);
  return { ...values, ...(await runOnce('eager', program, values)) };
}

function headOf(changes: Model, mode: ModelContext['mode']) {
  const { model } = parseConfiguration({ model: { projectionWidth: 3, ...changes } }, 'test');
  const head = projectionHead(model, 4);
  const values = initialValues(head.parameters, 1);
  return { head, contextOf: () => contextOf(head.parameters, values, mode), values };
}

function contextOf(
  parameters: ReturnType<typeof projectionHead>['parameters'],
  values: Record<string, Float32Array>,
  mode: ModelContext['mode'],
): ModelContext {
  const tensors = parameters.map(({ name, shape }) => [name, tf.tensor(values[name] ?? [], [...shape])]);
  return { mode, tensors: Object.fromEntries(tensors) as Record<string, tf.Tensor>, statistics: {} };
}

describe('a projection head', () => {
  it('of one layer without bias is a product of unit length', async () => {
    const {
      head,
      contextOf: context,
      values,
    } = headOf({ projection: 'linear', projectionBias: false }, 'train');
    const { x, z } = await onFeatures((features) => ({ z: head.apply(context(), features) }));
    const kernel = values['projection/output/kernel'] ?? [];
    const product = (row: number, column: number) =>
      [0, 1, 2, 3].reduce((sum, i) => sum + (x[4 * row + i] ?? 0) * (kernel[3 * i + column] ?? 0), 0);
    for (let row = 0; row < 6; row++) {
      const values = [0, 1, 2].map((column) => product(row, column));
      const length = Math.hypot(...values);
      values.forEach((value, column) => expect(z[3 * row + column]).toBeCloseTo(value / length, 5));
    }
  });

  it('normalises its hidden layers by the batch and keeps their running statistics', async () => {
    const {
      head,
      contextOf: context,
      values,
    } = headOf({ projectionLayers: 3, projectionHidden: 5, projectionBatchNorm: true }, 'train');
    expect(Object.keys(values).filter((name) => name.endsWith('/bias'))).toEqual(['projection/output/bias']);
    const { x, mean, z } = await onFeatures((features) => {
      const made = context();
      const output = head.apply(made, features);
      return { z: output, mean: made.statistics['projection/hidden/mean'] ?? tf.scalar(0) };
    });
    const kernel = values['projection/hidden/kernel'] ?? [];
    for (let unit = 0; unit < 5; unit++) {
      let sum = 0;
      for (let row = 0; row < 6; row++)
        for (let i = 0; i < 4; i++) sum += (x[4 * row + i] ?? 0) * (kernel[5 * i + unit] ?? 0);
      // Running means move from zero by a tenth of the batch's mean.
      expect(mean[unit]).toBeCloseTo((0.1 * sum) / 6, 5);
    }
    expect(z).toHaveLength(18);
  });
});

it('features have unit length where the model says so, for head and classifier alike', async () => {
  const lengths = async (normaliseFeatures: boolean): Promise<number[]> => {
    const model: Model = { encoder: 'mlp', mlpWidth: 16, mlpLayers: 1, normaliseFeatures };
    const configuration = parseConfiguration({ model, loss: { name: 'cross-entropy' } }, 'test');
    const made = createModel(configuration, { height: 1, width: 1, channels: 4 }, 2);
    const values = initialValues(made.parameters, 1);
    const { y } = await onFeatures((x) => {
      const context = contextOf(made.parameters, values, 'infer');
      return { y: made.encoder.apply(context, tf.reshape(x, [6, 1, 1, 4])) };
    });
    return Array.from({ length: 6 }, (_, row) => Math.hypot(...y.slice(16 * row, 16 * row + 16)));
  };
  for (const length of await lengths(true)) expect(length).toBeCloseTo(1, 5);
  expect(Math.max(...(await lengths(false)))).not.toBeCloseTo(1, 1);
});

it('rows of zeros stay zeros', async () => {
  const { y } = await onFeatures((x) => ({ y: normaliseRows(tf.mul(x, 0)) }));
  expect(y.every((value) => value === 0)).toBe(true);
});
