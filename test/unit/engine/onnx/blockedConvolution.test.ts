/** Convolutions and their gradients in the blocked layout against the eager oracle. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../../src/engine/engine';
import { expectClose, randomValues, runOnce } from '../support';
import { blockOfThisMachine, isBlockedNode, nodesOf, runProgram } from './support';

interface Case {
  readonly images: number;
  readonly size: readonly [number, number];
  readonly from: number;
  readonly to: number;
  readonly kernel: number;
  readonly stride: 1 | 2;
  readonly padding?: 'same' | 'valid';
}

/** Sizes in blocks (b) and channels: all is multiplied out once the block of this machine is known. */
const CASES: readonly ((b: number) => Case)[] = [
  (b) => ({ images: b, size: [8, 8], from: b, to: b, kernel: 3, stride: 1 }),
  (b) => ({ images: 2 * b, size: [7, 9], from: b, to: 2 * b, kernel: 3, stride: 1 }),
  (b) => ({ images: 2 * b, size: [4, 4], from: 4 * b, to: 2 * b, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [8, 6], from: b, to: 2 * b, kernel: 3, stride: 2 }),
  (b) => ({ images: b, size: [9, 7], from: b, to: 2 * b, kernel: 3, stride: 2 }),
  (b) => ({ images: b, size: [8, 8], from: 2 * b, to: b, kernel: 1, stride: 1 }),
  (b) => ({ images: b, size: [8, 8], from: b, to: 2 * b, kernel: 1, stride: 2 }),
  (b) => ({ images: b, size: [9, 9], from: 2 * b, to: 2 * b, kernel: 1, stride: 2 }),
  (b) => ({ images: b, size: [8, 8], from: b, to: b, kernel: 5, stride: 2 }),
  (b) => ({ images: b, size: [6, 6], from: b, to: b, kernel: 2, stride: 1 }),
  (b) => ({ images: b, size: [1, 1], from: b, to: b, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [7, 7], from: b, to: b, kernel: 3, stride: 1, padding: 'valid' }),
  (b) => ({ images: b, size: [8, 8], from: b, to: b, kernel: 3, stride: 2, padding: 'valid' }),
  (b) => ({ images: b - 3, size: [6, 6], from: b, to: 2 * b, kernel: 3, stride: 1 }),
  (b) => ({ images: b + 1, size: [6, 6], from: b, to: b, kernel: 3, stride: 2 }),
  () => ({ images: 3, size: [6, 6], from: 48, to: 48, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [5, 5], from: 1, to: b, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [6, 5], from: 3, to: 2 * b, kernel: 3, stride: 2 }),
  (b) => ({ images: b, size: [6, 6], from: 6, to: b, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [6, 6], from: 17, to: b, kernel: 3, stride: 1 }),
  (b) => ({ images: b, size: [6, 6], from: b, to: 17, kernel: 3, stride: 2 }),
  (b) => ({ images: b, size: [6, 6], from: b + b / 2, to: 2 * b, kernel: 3, stride: 1 }),
  () => ({ images: 4, size: [6, 6], from: 24, to: 24, kernel: 3, stride: 2 }),
];

let block = 0;
beforeAll(async () => {
  block = await blockOfThisMachine();
});

/** A convolution of images that a first one has brought into the layout, with all gradients. */
function program(options: Case): Program {
  const { images, size, from, to, kernel, stride, padding = 'same' } = options;
  const y = tf.backend_util.computeConv2DInfo(
    [images, ...size, from],
    [kernel, kernel, from, to],
    stride,
    1,
    padding,
  );
  return {
    inputs: {
      images: { shape: [images, ...size, 2], dtype: 'float32' },
      first: { shape: [1, 1, 2, from], dtype: 'float32' },
      second: { shape: [kernel, kernel, from, to], dtype: 'float32' },
      dy: { shape: y.outShape, dtype: 'float32' },
    },
    build({ images: x, first, second, dy }) {
      const convolved = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor): tf.Tensor =>
        tf.conv2d(
          tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'),
          c as tf.Tensor4D,
          stride,
          padding,
        );
      const loss = (...[a, b, c]: tf.Tensor[]): tf.Scalar => tf.sum(tf.mul(convolved(a, b, c), dy));
      const given = [x, first, second] as tf.Tensor[];
      const [dx, dfirst, dsecond] = tf.grads(loss)(given) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return {
        outputs: {
          y: convolved(x, first, second),
          dx,
          dfirst,
          dsecond,
        },
      };
    },
  };
}

describe('a blocked convolution and its gradients', () => {
  it.each(CASES.map((make) => [JSON.stringify(make(16)), make] as const))('%s', async (_name, make) => {
    const step = program(make(block));
    const actual = await runProgram(step, { block });
    const expected = await runOnce('eager', step, randomValues(step.inputs, 7));
    for (const name of Object.keys(expected)) expectClose(actual[name], expected[name], 2e-6);
  });
});

/** One image through several stride-2 convolutions, whose gradients meet in it. */
function branches(kernels: readonly number[]): Program {
  const filters = kernels.map(
    (kernel, index) =>
      [`filter${index}`, { shape: [kernel, kernel, block, block], dtype: 'float32' }] as const,
  );
  return {
    inputs: {
      images: { shape: [block, 6, 6, 3], dtype: 'float32' },
      stem: { shape: [3, 3, 3, block], dtype: 'float32' },
      ...Object.fromEntries(filters),
    },
    build(inputs) {
      const loss = (stem: tf.Tensor): tf.Scalar => {
        const h = tf.conv2d(inputs['images'] as tf.Tensor4D, stem as tf.Tensor4D, 1, 'same');
        const ends = filters.map(([name]) => tf.conv2d(h, inputs[name] as tf.Tensor4D, 2, 'same'));
        return tf.add(tf.sum(tf.square(tf.addN(ends))), tf.sum(h));
      };
      return { outputs: { dstem: tf.grad(loss)(inputs['stem']) } };
    },
  };
}

describe('the gradients of branches of stride 2', () => {
  it.each([[[1]], [[3, 1]], [[1, 1]], [[3, 3, 1]], [[3, 1, 5, 2]]])(
    'of kernels %j are summed',
    async (kernels) => {
      const step = branches(kernels);
      const actual = await runProgram(step, { block });
      const expected = await runOnce('eager', step, randomValues(step.inputs, 7));
      expectClose(actual['dstem'], expected['dstem'], 3e-6);
    },
  );
});

describe('what is written in blocks', () => {
  const blockedConvolutions = (options: Case): number =>
    nodesOf(program(options), { block }).filter((node) => node.type === 'Conv' && isBlockedNode(node)).length;

  it('is everything where channels and images fill blocks', () => {
    const options = { images: block, size: [8, 8], from: block, to: block, kernel: 3, stride: 1 } as const;
    const plain = nodesOf(program(options), { block }).filter(
      ({ type, domain }) => (type === 'Conv' || type === 'FusedMatMul') && domain !== 'com.microsoft.nchwc',
    );
    // The gradient of the images themselves has two channels.
    expect(plain.length).toBe(1);
    expect(blockedConvolutions(options)).toBeGreaterThanOrEqual(5);
  });

  it('is nothing where no channels do, and nothing in a plain model', () => {
    const odd = { images: block, size: [8, 8], from: 17, to: 17, kernel: 3, stride: 1 } as const;
    expect(blockedConvolutions(odd)).toBe(0);
    const even = program({ ...odd, from: block, to: block });
    expect(nodesOf(even, {}).filter(isBlockedNode)).toEqual([]);
  });
});
