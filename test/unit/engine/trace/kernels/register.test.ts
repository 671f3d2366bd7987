import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import type { Program, Tensors, TensorSpecs } from '../../../../../src/engine/engine';
import { batchNormTraining } from '../../../../../src/engine/ops/batchNorm';
import { KERNEL_TABLE } from '../../../../../src/engine/trace/kernels/register';
import { expectClose, randomValues, runOnce } from '../../support';

type Build = (tensors: Tensors) => tf.Tensor | readonly tf.Tensor[];

/** One case: the kernels it must exercise, and a function of x, y [2, 3, 4], m [3, 4], c [4], i [5] and labels in 0..3. */
interface Case {
  readonly kernels: readonly string[];
  readonly build: Build;
}

const float = (...shape: number[]): TensorSpecs[string] => ({ shape, dtype: 'float32' });
const int = (...shape: number[]): TensorSpecs[string] => ({ shape, dtype: 'int32' });

const INPUTS: TensorSpecs = {
  x: float(2, 3, 4),
  y: float(2, 3, 4),
  m: float(3, 4),
  c: float(4),
  i: int(5),
  j: int(5),
  image: float(2, 6, 7, 3),
  odd: float(1, 5, 9, 2),
  filter: float(3, 3, 3, 4),
  filter1: float(1, 1, 3, 4),
  filter7: float(7, 7, 3, 2),
  wide: float(2, 16, 16, 3),
};

const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.abs(x), 0.1);
const bool = (x: tf.Tensor): tf.Tensor => tf.greater(x, 0);

function get(tensors: Tensors, name: string): tf.Tensor {
  return tensors[name];
}

const unary = (kernel: string, f: (x: tf.Tensor) => tf.Tensor): Case => ({
  kernels: [kernel],
  build: (t) => f(get(t, 'x')),
});
const binary = (kernel: string, f: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): Case => ({
  kernels: [kernel],
  build: (t) => [f(get(t, 'x'), get(t, 'm')), f(get(t, 'c'), get(t, 'y')), f(get(t, 'x'), get(t, 'y'))],
});
/** A function of images and filters with its gradients. */
const image = (
  kernels: readonly string[],
  f: (x: tf.Tensor4D, w: tf.Tensor4D) => tf.Tensor,
  names = ['image', 'filter'],
): Case => ({
  kernels,
  build: (t) => {
    const inputs = names.map((name) => get(t, name));
    const weighted = (x: tf.Tensor, w: tf.Tensor): tf.Scalar => {
      const y = f(x as tf.Tensor4D, w as tf.Tensor4D);
      const factors = tf.reshape(tf.cos(tf.range(0, y.size)), y.shape);
      return tf.sum<tf.Scalar>(tf.mul(tf.square(y), factors));
    };
    const { value, grads } = tf.valueAndGrads(weighted)(inputs);
    return [value, ...grads, f(inputs[0] as tf.Tensor4D, inputs[1] as tf.Tensor4D)];
  },
});

const convolution = (stride: number, pad: 'same' | 'valid' | number, names: string[]): Case =>
  image(
    ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'],
    (x, w) => tf.conv2d(x, w, stride, pad),
    names,
  );

const pool = (kind: 'max' | 'avg', size: number, stride: number, pad: 'same' | 'valid'): Case =>
  image(
    kind === 'max' ? ['MaxPool', 'MaxPoolGrad'] : ['AvgPool', 'AvgPoolGrad'],
    (x) => (kind === 'max' ? tf.maxPool(x, size, stride, pad) : tf.avgPool(x, size, stride, pad)),
    ['odd'],
  );

const CASES: readonly Case[] = [
  unary('Abs', tf.abs),
  unary('Ceil', (x) => tf.ceil(tf.mul(x, 3))),
  unary('Cos', tf.cos),
  unary('Erf', tf.erf),
  unary('Exp', tf.exp),
  unary('Floor', (x) => tf.floor(tf.mul(x, 3))),
  unary('IsFinite', (x) => tf.isFinite(tf.div(1, tf.relu(x)))),
  unary('IsNan', (x) => tf.isNaN(tf.log(x))),
  unary('Log', (x) => tf.log(positive(x))),
  unary('Log1p', (x) => tf.log1p(positive(x))),
  unary('LogicalNot', (x) => tf.logicalNot(bool(x))),
  unary('Neg', tf.neg),
  unary('Reciprocal', (x) => tf.reciprocal(positive(x))),
  unary('Relu', tf.relu),
  unary('Relu6', (x) => tf.relu6(tf.mul(x, 10))),
  unary('Round', (x) => tf.round(tf.mul(x, 3))),
  unary('Rsqrt', (x) => tf.rsqrt(positive(x))),
  unary('Sigmoid', tf.sigmoid),
  unary('Sign', tf.sign),
  unary('Sin', tf.sin),
  unary('Softplus', tf.softplus),
  unary('Sqrt', (x) => tf.sqrt(positive(x))),
  unary('Square', tf.square),
  unary('Tanh', tf.tanh),
  unary('Step', (x) => tf.step(x)),
  unary('Step', (x) => tf.step(x, 0.25)),
  unary('LeakyRelu', (x) => tf.leakyRelu(x, 0.1)),
  unary('ClipByValue', (x) => tf.clipByValue(x, -0.5, 0.25)),
  unary('Identity', (x) => tf.clone(x)),
  unary('Cast', (x) => tf.cast(tf.cast(tf.mul(x, 5), 'int32'), 'float32')),
  unary('Cast', (x) => tf.cast(x, 'bool')),
  unary('ZerosLike', tf.zerosLike),
  unary('OnesLike', (x) => tf.add(x, tf.onesLike(x))),
  unary('Reshape', (x) => tf.reshape(x, [4, -1])),
  unary('ExpandDims', (x) => tf.expandDims(tf.expandDims(x, 1), -1)),
  unary('Transpose', (x) => tf.transpose(x, [2, 0, 1])),
  unary('Tile', (x) => tf.tile(x, [1, 2, 3])),
  unary('Tile', (x) => tf.broadcastTo(tf.slice(x, [0, 0, 0], [1, 3, 1]), [2, 3, 5])),
  unary('Slice', (x) => tf.slice(x, [0, 1, 1], [2, 2, 2])),
  unary('StridedSlice', (x) => tf.stridedSlice(x, [0, 0, 1], [2, 3, 4], [1, 2, 2])),
  unary('PadV2', (x) =>
    tf.pad(
      x,
      [
        [0, 0],
        [1, 2],
        [0, 1],
      ],
      0.5,
    ),
  ),
  unary('Reverse', (x) => tf.reverse(x, [0, 2])),
  unary('Fill', (x) => tf.add(x, tf.fill([3, 4], 2.5))),
  unary('Range', (x) => tf.add(x, tf.range(0, 4))),
  unary('LinSpace', (x) => tf.add(x, tf.linspace(0, 1, 4))),
  unary('Sum', (x) => tf.sum(x, [0, 2])),
  unary('Sum', (x) => tf.sum(bool(x))),
  unary('Mean', (x) => tf.mean(x, 1, true)),
  unary('Max', (x) => tf.max(x, [1])),
  unary('Min', (x) => tf.min(x)),
  unary('Prod', (x) => tf.prod(x, 1)),
  unary('All', (x) => tf.all(bool(tf.add(x, 0.9)), 2)),
  unary('Any', (x) => tf.any(bool(tf.sub(x, 0.5)), 2)),
  unary('ArgMax', (x) => tf.argMax(x, 2)),
  unary('ArgMin', (x) => tf.argMin(x, 1)),
  unary('Softmax', (x) => tf.softmax(x)),
  binary('Add', tf.add),
  binary('FloorDiv', (a, b) =>
    tf.floorDiv(tf.cast(tf.mul(a, 20), 'int32'), tf.cast(tf.add(positive(b), 2), 'int32')),
  ),
  binary('Maximum', tf.maximum),
  binary('Minimum', tf.minimum),
  binary('Multiply', tf.mul),
  binary('Pow', (a, b) => tf.pow(positive(a), b)),
  binary('RealDiv', (a, b) => tf.div(a, positive(b))),
  binary('Sub', tf.sub),
  binary('SquaredDifference', tf.squaredDifference),
  binary('Greater', tf.greater),
  binary('GreaterEqual', tf.greaterEqual),
  binary('Less', tf.less),
  binary('LessEqual', tf.lessEqual),
  binary('LogicalAnd', (a, b) => tf.logicalAnd(bool(a), bool(b))),
  binary('LogicalOr', (a, b) => tf.logicalOr(bool(a), bool(b))),
  binary('Select', (a, b) => tf.where(bool(a), a, b)),
  { kernels: ['Equal'], build: (t) => tf.equal(get(t, 'i'), get(t, 'j')) },
  { kernels: ['NotEqual'], build: (t) => tf.notEqual(get(t, 'i'), get(t, 'j')) },
  { kernels: ['AddN'], build: (t) => tf.addN([get(t, 'x'), get(t, 'y'), get(t, 'x')]) },
  { kernels: ['Concat'], build: (t) => tf.concat([get(t, 'x'), get(t, 'y')], -1) },
  { kernels: ['Pack'], build: (t) => tf.stack([get(t, 'x'), get(t, 'y')], 1) },
  { kernels: ['Unpack'], build: (t) => tf.unstack(get(t, 'x'), 1) },
  {
    kernels: ['SplitV'],
    build: (t) => [...tf.split(get(t, 'x'), [1, 3], 2), ...tf.split(get(t, 'x'), 3, 1)],
  },
  {
    kernels: ['OneHot'],
    build: (t) => [tf.oneHot(get(t, 'i'), 4), tf.oneHot(get(t, 'i'), 5, 0.9, 0.1, 'float32')],
  },
  {
    kernels: ['GatherV2', 'UnsortedSegmentSum'],
    build: (t) => {
      const ids = get(t, 'i') as tf.Tensor1D;
      const rows = (x: tf.Tensor): tf.Tensor => tf.gather(tf.transpose(x), ids);
      return [rows(get(t, 'm')), tf.grad((x: tf.Tensor) => tf.sum(tf.square(rows(x))))(get(t, 'm'))];
    },
  },
  {
    kernels: ['BatchMatMul'],
    build: (t) => [
      tf.matMul(get(t, 'x'), get(t, 'y'), false, true),
      tf.matMul(get(t, 'x'), get(t, 'y'), true, false),
      tf.matMul(get(t, 'm'), tf.transpose(get(t, 'm'))),
    ],
  },
  {
    kernels: ['FusedBatchNorm'],
    build: (t) => {
      const [x, c] = [get(t, 'x'), get(t, 'c') as tf.Tensor1D];
      return [
        tf.batchNorm(x, c, positive(c), tf.neg(c), tf.square(c), 1e-3),
        tf.batchNorm(x, c, positive(c)),
      ];
    },
  },
  ...(['x', 'image', 'odd', 'm'] as const).map((name): Case => ({
    kernels: ['BatchNormTraining', 'BatchNormTrainingGrad'],
    build: (t) => {
      const x = get(t, name);
      const channels = x.shape[x.rank - 1];
      const [gamma, beta] = [0, 1].map((seed) => tf.sin(tf.range(seed, seed + channels)));
      const y = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor): tf.Tensor =>
        batchNormTraining(a, g, b, { epsilon: 1e-3 }).y;
      const weighted = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor): tf.Scalar =>
        tf.sum<tf.Scalar>(tf.mul(y(a, g, b), tf.reshape(tf.cos(tf.range(0, a.size)), a.shape)));
      const { mean, variance } = batchNormTraining(x, gamma, beta, { epsilon: 1e-3 });
      return [y(x, gamma, beta), mean, variance, ...tf.grads(weighted)([x, gamma, beta])];
    },
  })),
  convolution(1, 'same', ['image', 'filter']),
  convolution(1, 'valid', ['image', 'filter']),
  convolution(2, 'same', ['image', 'filter']),
  convolution(2, 'valid', ['image', 'filter']),
  convolution(2, 1, ['wide', 'filter']),
  convolution(2, 'same', ['wide', 'filter']),
  convolution(3, 'same', ['wide', 'filter']),
  convolution(1, 'same', ['image', 'filter1']),
  convolution(2, 'same', ['wide', 'filter1']),
  convolution(2, 'same', ['wide', 'filter7']),
  convolution(1, 'same', ['wide', 'filter7']),
  pool('max', 2, 2, 'valid'),
  pool('max', 3, 2, 'same'),
  pool('avg', 2, 2, 'valid'),
  pool('avg', 3, 2, 'same'),
];

describe('kernel table', () => {
  it('is covered by these cases row by row', () => {
    const covered = new Set(CASES.flatMap(({ kernels }) => kernels));
    expect(KERNEL_TABLE.map(({ kernel }) => kernel).filter((kernel) => !covered.has(kernel))).toEqual([]);
  });

  it.each(CASES.map((one, index) => [one.kernels.join(', '), index, one] as const))(
    "gives the oracle's values for %s (case %i)",
    async (_name, index, { kernels, build }) => {
      const rows = KERNEL_TABLE.filter(({ kernel }) => kernels.includes(kernel)).map((row) =>
        vi.spyOn(row, 'record'),
      );
      const program: Program = {
        inputs: INPUTS,
        build: (tensors) => {
          const results = [build(tensors)].flat();
          return { outputs: Object.fromEntries(results.map((tensor, at) => [`out${at}`, tensor])) };
        },
      };
      const inputs = randomValues(INPUTS, 17 + index);
      const [actual, expected] = [
        await runOnce('onnx', program, inputs),
        await runOnce('eager', program, inputs),
      ];
      for (const row of rows) expect(row).toHaveBeenCalled();
      for (const name of Object.keys(expected)) expectClose(actual[name], expected[name], 1e-5);
    },
  );
});
