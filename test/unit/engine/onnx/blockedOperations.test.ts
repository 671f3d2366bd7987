/** Every operation on a blocked image against the plain model. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../../src/engine/engine';
import { batchNormTraining } from '../../../../src/engine/ops/batchNorm';
import { expectClose } from '../support';
import { blockOfThisMachine, isBlockedNode, nodesOf, runProgram } from './support';

let block = 0;
beforeAll(async () => {
  block = await blockOfThisMachine();
});

type Apply = (x: tf.Tensor4D, other: tf.Tensor4D) => tf.Tensor;

/** `apply` on two images that convolutions have brought into the layout, [b, 5, 6, 2 b]. */
function program(apply: Apply): Program {
  const filter = { shape: [3, 3, 3, 2 * block], dtype: 'float32' } as const;
  return {
    inputs: { images: { shape: [block, 5, 6, 3], dtype: 'float32' }, a: filter, b: filter },
    build({ images, a, b }) {
      const convolved = (f: tf.Tensor | undefined): tf.Tensor4D =>
        tf.conv2d(images as tf.Tensor4D, f as tf.Tensor4D, 1, 'same');
      return { outputs: { result: tf.cast(apply(convolved(a), convolved(b)), 'float32') } };
    },
  };
}

const values = (shape: readonly number[]): tf.Tensor => {
  const length = tf.util.sizeFromShape([...shape]);
  return tf.tensor(
    Float32Array.from({ length }, (_, i) => Math.sin(i * 7 + 1)),
    [...shape],
  );
};
const channels = (): tf.Tensor => values([2 * block]);
const gradient = (f: (x: tf.Tensor4D) => tf.Tensor, x: tf.Tensor4D): tf.Tensor =>
  tf.grad((y) => tf.sum(tf.square(f(y as tf.Tensor4D))))(x);

const OPERATIONS: Readonly<Record<string, Apply>> = {
  'a convolution': (x) => x,
  relu: (x) => tf.relu(x),
  'gradient of relu': (x, y) => tf.mul(y, tf.step(x)),
  sqrt: (x) => tf.sqrt(tf.abs(x)),
  rsqrt: (x) => tf.rsqrt(tf.add(tf.square(x), 1)),
  sigmoid: (x) => tf.sigmoid(x),
  clip: (x) => tf.clipByValue(x, -0.5, 0.25),
  sum: (x, y) => tf.add(x, y),
  difference: (x, y) => tf.sub(x, y),
  'product with itself': (x) => tf.mul(x, x),
  'sum with itself': (x) => tf.add(x, x),
  maximum: (x, y) => tf.maximum(x, y),
  'by a number': (x) => tf.sub(tf.mul(x, 3), 1),
  'times channels': (x) => tf.mul(x, channels()),
  'channels times': (x) => tf.mul(channels(), x),
  'plus channels': (x) => tf.add(x, channels()),
  'minus channels': (x) => tf.sub(x, channels()),
  'channels minus': (x) => tf.sub(channels(), x),
  affine: (x) => tf.add(tf.mul(x, channels()), values([1, 1, 1, 2 * block])),
  'affine and relu': (x) => tf.relu(tf.add(tf.mul(x, channels()), channels())),
  'affine, sum and relu': (x, y) => tf.relu(tf.add(y, tf.add(tf.mul(x, channels()), channels()))),
  'two affine maps': (x, y) => tf.relu(tf.add(tf.mul(x, channels()), tf.mul(y, channels()))),
  'twice shifted': (x) => tf.add(tf.add(tf.mul(x, channels()), channels()), channels()),
  'shifted after a sum': (x, y) => tf.add(tf.add(tf.mul(x, channels()), y), channels()),
  'three images': (x, y) => tf.add(tf.add(tf.mul(x, channels()), y), tf.square(x)),
  'an affine map used twice': (x) => {
    const map = tf.add(tf.mul(x, channels()), 1);
    return tf.add(tf.relu(map), map);
  },
  'by image and channel': (x) => tf.mul(x, values([block, 1, 1, 2 * block])),
  'by image': (x) => tf.add(x, values([block, 1, 1, 1])),
  'by pixel': (x) => tf.sub(x, values([1, 5, 6, 1])),
  'by row and channel': (x) => tf.mul(x, values([5, 1, 2 * block])),
  'plus a plain image': (x) => tf.add(x, values([block, 5, 6, 2 * block])),
  comparison: (x, y) => tf.greater(x, y),
  selection: (x, y) => tf.where(tf.greater(x, y), x, tf.mul(y, 2)),
  'cast and back': (x) => tf.cast(tf.cast(tf.mul(x, 10), 'int32'), 'float32'),
  'global average': (x) => tf.mean(x, [1, 2]),
  'global average, axes kept': (x) => tf.mean(x, [1, 2], true),
  'global sum': (x) => tf.sum(x, [1, 2]),
  'global maximum': (x) => tf.max(x, [1, 2]),
  'mean by channel': (x) => tf.mean(x, [0, 1, 2]),
  'sum over channels': (x) => tf.sum(x, 3),
  'sum of all': (x) => tf.sum(x),
  'gradient of the global average': (x) => gradient((y) => tf.mean(y, [1, 2]), x),
  broadcast: (x) => tf.add(tf.broadcastTo(values([block, 1, 1, 2 * block]), [block, 5, 6, 2 * block]), x),
  reshape: (x) => tf.reshape(x, [block * 5, -1]),
  transpose: (x) => tf.transpose(x, [3, 0, 2, 1]),
  tile: (x) => tf.tile(x, [1, 2, 1, 1]),
  'concat over channels': (x, y) => tf.concat([x, y], 3),
  slice: (x) => tf.slice(x, [1, 1, 0, 3], [2, 3, -1, 5]),
  pad: (x) =>
    tf.relu(
      tf.pad(x, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    ),
  reverse: (x) => tf.reverse(x, [1]),
  gather: (x) => tf.gather(x, tf.tensor1d([2, 0], 'int32'), 3),
  softmax: (x) => tf.softmax(x),
  'maximum pooling': (x) => tf.maxPool(x, 2, 2, 'same'),
  'average pooling': (x) => tf.avgPool(x, 2, 2, 'same'),
  'gradient of maximum pooling': (x) => gradient((y) => tf.maxPool(y, 2, 2, 'same'), x),
  'gradient of average pooling': (x) => gradient((y) => tf.avgPool(y, 2, 1, 'valid'), x),
  'batch normalisation': (x) => batchNormTraining(x, channels(), channels(), { epsilon: 1e-3 }).y,
  'batch mean and variance': (x) => {
    const { mean, variance } = batchNormTraining(x, channels(), channels(), { epsilon: 1e-3 });
    return tf.concat([mean, variance]);
  },
  'batch normalisation, sum and relu': (x, y) =>
    tf.relu(tf.add(batchNormTraining(x, channels(), channels(), { epsilon: 1e-3 }).y, y)),
  'gradient of batch normalisation': (x, y) =>
    tf.grad((z) => tf.sum(tf.mul(y, batchNormTraining(z, channels(), channels(), { epsilon: 1e-3 }).y)))(x),
  'gradients of scale and shift': (x, y) => {
    const loss = (gamma: tf.Tensor, beta: tf.Tensor): tf.Scalar =>
      tf.sum(tf.mul(y, tf.relu(batchNormTraining(x, gamma, beta, { epsilon: 1e-3 }).y)));
    return tf.concat(tf.grads(loss)([channels(), channels()]));
  },
};

describe('an operation on blocked images', () => {
  it.each(Object.entries(OPERATIONS))('%s', async (_name, apply) => {
    const given = program(apply);
    expect(nodesOf(given, { block }).some(isBlockedNode)).toBe(true);
    const [actual, expected] = [await runProgram(given, { block }), await runProgram(given, {})];
    expectClose(actual['result'], expected['result'], 2e-6);
  });

  it('keeps the digits of a variance that is small beside the mean', async () => {
    const given = program((x) => {
      const { variance } = batchNormTraining(tf.add(x, 1000), channels(), channels(), { epsilon: 1e-3 });
      return variance;
    });
    const near = program((x) => batchNormTraining(x, channels(), channels(), { epsilon: 1e-3 }).variance);
    const [far, expected] = [await runProgram(given, { block }), await runProgram(near, { block })];
    expectClose(far['result'], expected['result'], 1e-3);
  });
});

describe('fusion', () => {
  const affineNodes = (apply: Apply): number =>
    nodesOf(program(apply), { block }).filter(
      (node) => isBlockedNode(node) && node.attributes['group'] === 2 * block,
    ).length;
  const normalised = (x: tf.Tensor4D): tf.Tensor4D =>
    batchNormTraining(x, channels(), channels(), { epsilon: 1e-3 }).y;

  it('makes batch normalisation, residual sum and relu one node beside the centring', () => {
    expect(affineNodes((x, y) => tf.relu(tf.add(normalised(x), y)))).toBe(2);
    const types = nodesOf(
      program((x, y) => tf.relu(tf.add(normalised(x), y))),
      { block },
    ).map(({ type }) => type);
    expect(types).not.toContain('Relu');
    expect(types.filter((type) => type === 'Add').length).toBe(1);
  });

  it('leaves the factor of a batch-norm gradient to the filters', () => {
    const filter = { shape: [3, 3, block, block], dtype: 'float32' } as const;
    const step: Program = {
      inputs: {
        images: { shape: [block, 6, 6, block], dtype: 'float32' },
        a: filter,
        b: filter,
        dy: { shape: [block], dtype: 'float32' },
      },
      build({ images, a, b, dy }) {
        const loss = (...filters: tf.Tensor[]): tf.Scalar => {
          const image = images as tf.Tensor4D;
          const y = filters.reduce<tf.Tensor4D>((h, f) => {
            const z = tf.conv2d(h, f as tf.Tensor4D, 1, 'same');
            return tf.relu(batchNormTraining(z, dy, dy, { epsilon: 1e-3 }).y);
          }, image);
          return tf.sum(tf.mul(tf.mean(y, [1, 2]), dy));
        };
        const [da, db] = tf.grads(loss)([a, b] as tf.Tensor[]) as [tf.Tensor, tf.Tensor];
        return { outputs: { da, db } };
      },
    };
    const passes = nodesOf(step, { block }).filter(
      ({ attributes }) => attributes['group'] === block && !JSON.stringify(attributes['pads']).includes('1'),
    );
    // Two layers: centring, the map itself, and one pass for the gradient.
    expect(passes.length).toBe(6);
  });

  it('does not repeat a map that two operations take', () => {
    const twice: Apply = (x, y) => {
      const z = normalised(x);
      return tf.add(tf.relu(z), tf.mul(z, y));
    };
    expect(affineNodes(twice)).toBe(2);
  });
});
