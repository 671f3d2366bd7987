/** For each operation of the graph's vocabulary, programs that contain it, with the corners where engines differ. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensors, TensorSpecs } from '../../src/engine/engine';
import type { BinaryFunction, CompareFunction, OpName, UnaryFunction } from '../../src/engine/graph/ops';
import { batchNormTraining } from '../../src/engine/ops/batchNorm';

const float = (...shape: number[]): TensorSpecs[string] => ({ shape, dtype: 'float32' });

export const INPUTS: TensorSpecs = {
  x: float(2, 3, 4),
  y: float(2, 3, 4),
  m: float(3, 4),
  c: float(4),
  ids: { shape: [5], dtype: 'int32' },
  image: float(2, 6, 7, 3),
  odd: float(1, 5, 9, 2),
  even: float(2, 8, 8, 3),
  filter: float(3, 3, 3, 4),
  filter1: float(1, 1, 3, 4),
  filter5: float(5, 5, 3, 2),
};

/** Outputs of one program. */
export type Build = (given: Given) => readonly tf.Tensor[];

export interface Given {
  readonly x: tf.Tensor;
  readonly y: tf.Tensor;
  readonly m: tf.Tensor;
  readonly c: tf.Tensor1D;
  readonly ids: tf.Tensor1D;
  readonly image: tf.Tensor4D;
  readonly odd: tf.Tensor4D;
  readonly even: tf.Tensor4D;
  readonly filter: tf.Tensor4D;
  readonly filter1: tf.Tensor4D;
  readonly filter5: tf.Tensor4D;
}

/** The inputs of a traced or eager program under their types. */
export function given(tensors: Tensors): Given {
  return tensors as unknown as Given;
}

const positive = (x: tf.Tensor): tf.Tensor => tf.add(tf.abs(x), 0.1);
const tripled = (x: tf.Tensor): tf.Tensor => tf.mul(x, 3);

const UNARY: Readonly<Record<UnaryFunction, (x: tf.Tensor) => tf.Tensor>> = {
  abs: tf.abs,
  ceil: (x) => tf.ceil(tripled(x)),
  cos: tf.cos,
  erf: tf.erf,
  exp: tf.exp,
  floor: (x) => tf.floor(tripled(x)),
  isFinite: (x) => tf.isFinite(tf.div(1, tf.relu(x))),
  isNaN: (x) => tf.isNaN(tf.log(x)),
  log: (x) => tf.log(positive(x)),
  log1p: (x) => tf.log1p(positive(x)),
  neg: tf.neg,
  not: (x) => tf.logicalNot(tf.greater(x, 0)),
  reciprocal: (x) => tf.reciprocal(positive(x)),
  relu: tf.relu,
  round: (x) => tf.round(tf.div(tf.round(tf.mul(x, 10)), 2)),
  rsqrt: (x) => tf.rsqrt(positive(x)),
  sigmoid: tf.sigmoid,
  sign: (x) => tf.sign(tf.relu(x)),
  sin: tf.sin,
  softplus: tf.softplus,
  sqrt: (x) => tf.sqrt(positive(x)),
  square: tf.square,
  step: (x) => tf.step(tf.relu(x)),
  tanh: tf.tanh,
};

type Both = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const BINARY: Readonly<Record<BinaryFunction, Both>> = {
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: (a, b) => tf.div(a, positive(b)),
  floorDiv: (a, b) => tf.floorDiv(tf.cast(tf.mul(a, 20), 'int32'), tf.cast(tf.add(positive(b), 2), 'int32')),
  maximum: tf.maximum,
  minimum: tf.minimum,
  pow: (a, b) => tf.pow(positive(a), b),
};

const COMPARE: Readonly<Record<CompareFunction, Both>> = {
  equal: (a, b) => tf.equal(tf.round(a), tf.round(b)),
  notEqual: (a, b) => tf.notEqual(tf.round(a), tf.round(b)),
  greater: tf.greater,
  greaterEqual: (a, b) => tf.greaterEqual(tf.round(a), tf.round(b)),
  less: tf.less,
  lessEqual: (a, b) => tf.lessEqual(tf.round(a), tf.round(b)),
  and: (a, b) => tf.logicalAnd(tf.greater(a, 0), tf.greater(b, 0)),
  or: (a, b) => tf.logicalOr(tf.greater(a, 0), tf.greater(b, 0)),
};

const broadcasts = (functions: Readonly<Record<string, Both>>): Build[] =>
  Object.values(functions).map((f): Build => ({ x, y, m, c }) => [f(x, y), f(x, m), f(c, y)]);

/** A result with its gradients by images and filters, weighted so that no two elements count alike. */
function differentiated(f: (...inputs: tf.Tensor4D[]) => tf.Tensor, inputs: tf.Tensor4D[]): tf.Tensor[] {
  const weighted = (...given4: tf.Tensor[]): tf.Scalar => {
    const result = f(...(given4 as tf.Tensor4D[]));
    return tf.sum<tf.Scalar>(
      tf.mul(tf.square(result), tf.reshape(tf.cos(tf.range(0, result.size)), result.shape)),
    );
  };
  return [f(...inputs), ...tf.valueAndGrads(weighted)(inputs).grads];
}

type Pad = 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;

const UNEVEN: Pad = [
  [0, 0],
  [2, 1],
  [0, 1],
  [0, 0],
];

const CONVOLUTIONS: readonly Build[] = (['same', 'valid', 1, UNEVEN] as const).flatMap((pad) =>
  [1, 2, 3].flatMap((stride): Build[] => {
    const convolve = (x: tf.Tensor4D, w: tf.Tensor4D): tf.Tensor => tf.conv2d(x, w, stride, pad);
    return [
      ({ image, filter }) => differentiated(convolve, [image, filter]),
      ({ even, filter }) => differentiated(convolve, [even, filter]),
      ({ even, filter5 }) => differentiated(convolve, [even, filter5]),
      ...(pad === 'same' ? [(g: Given) => differentiated(convolve, [g.even, g.filter1])] : []),
    ];
  }),
);

/** Many channels over few positions, where the filter's gradient is written as products. */
const DEEP_CONVOLUTIONS: readonly Build[] = (
  [
    { size: 4, stride: 1, pad: 'same' },
    { size: 8, stride: 2, pad: 'same' },
    { size: 4, stride: 2, pad: 1 },
    { size: 6, stride: 3, pad: 'same' },
    { size: 2, stride: 1, pad: 'same', filter: 5 },
  ] as const
).map(
  ({ size, stride, pad, filter = 3 }: { size: number; stride: number; pad: Pad; filter?: number }): Build =>
    () =>
      differentiated(
        (x, w) => tf.conv2d(x, w, stride, pad),
        [wave(1, size, size, 128), wave(filter, filter, 128, 128)],
      ),
);

function wave(...shape: [number, number, number, number]): tf.Tensor4D {
  const values = Float32Array.from(
    { length: tf.util.sizeFromShape(shape) },
    (_, index) => Math.sin(index) / 4,
  );
  return tf.tensor4d(values, shape);
}

/** Of images with equal neighbours too: ties decide where a maximum's gradient goes. */
const pools = (pool: typeof tf.maxPool): Build[] =>
  (['same', 'valid', 1] as const).flatMap((pad) =>
    [1, 2, 3].flatMap((stride) =>
      [2, 3].map((size): Build => ({ odd, even }) => [
        ...differentiated((x) => pool(x, size, stride, pad), [odd]),
        ...differentiated((x) => pool(x, size, stride, pad), [tf.relu(even)]),
      ]),
    ),
  );

const MATRIX_PRODUCTS: readonly Build[] = [
  ({ x, y, m }) => [
    tf.matMul(x, y, false, true),
    tf.matMul(x, y, true, false),
    tf.matMul(m, m, false, true),
    tf.matMul(m, m, true, false),
    tf.matMul(tf.slice(x, 0, 1), y, false, true),
  ],
];

const BATCH_NORMS: readonly Build[] = (['x', 'm', 'image', 'even'] as const).map(
  (name): Build =>
    (tensors) => {
      const x = tensors[name];
      const channels = x.shape[x.rank - 1] ?? 0;
      const [gamma, beta] = [0, 1].map((seed) => tf.sin(tf.range(seed, seed + channels)) as tf.Tensor) as [
        tf.Tensor,
        tf.Tensor,
      ];
      const options = { epsilon: 1e-3 };
      const weighted = (a: tf.Tensor, g: tf.Tensor, b: tf.Tensor): tf.Scalar =>
        tf.sum<tf.Scalar>(
          tf.mul(batchNormTraining(a, g, b, options).y, tf.reshape(tf.cos(tf.range(0, a.size)), a.shape)),
        );
      const { y, mean, variance } = batchNormTraining(x, gamma, beta, options);
      return [y, mean, variance, ...tf.grads(weighted)([x, gamma, beta])];
    },
);

/** The compiler sees to it that no operation is missing. */
export const CASES: Readonly<Record<OpName, readonly Build[]>> = {
  Constant: [
    ({ x }) => [tf.add(x, tf.tensor1d([1, -2, 3, 0.5])), tf.fill([3, 2], 2.5), tf.scalar(7, 'int32')],
  ],
  Unary: Object.values(UNARY).map((f): Build => ({ x, m }) => [f(x), f(m)]),
  Binary: broadcasts(BINARY),
  Compare: broadcasts(COMPARE),
  Clip: [({ x }) => [tf.clipByValue(x, -0.5, 0.25), tf.relu6(tf.mul(x, 10))]],
  Select: [({ x, y, m, c }) => [tf.where(tf.greater(x, 0), x, y), tf.where(tf.greater(m, 0), m, c)]],
  Cast: [
    ({ x }) => [tf.cast(tf.mul(x, 5), 'int32'), tf.cast(tf.cast(tf.relu(x), 'bool'), 'float32')],
    ({ ids }) => [tf.cast(ids, 'float32'), tf.cast(tf.cast(ids, 'bool'), 'int32')],
  ],
  Reshape: [({ x }) => [tf.reshape(x, [4, -1]), tf.expandDims(x, 1)]],
  Broadcast: [({ c }) => [tf.broadcastTo(c, [2, 3, 4]), tf.tile(tf.reshape(c, [4, 1]), [1, 3])]],
  Transpose: [({ x }) => [tf.transpose(x, [2, 0, 1]), tf.transpose(x)]],
  Tile: [({ x }) => [tf.tile(x, [1, 2, 3])]],
  Concat: [({ x, y }) => [tf.concat([x, y], -1), tf.stack([x, y, x], 1)]],
  Slice: [
    ({ x }) => [tf.slice(x, [0, 1, 1], [2, 2, 2]), ...tf.unstack(x, 1)],
    ({ x }) => [tf.stridedSlice(x, [0, 0, 1], [2, 3, 4], [1, 2, 2])],
  ],
  Pad: [
    ({ x, m }) => [
      tf.pad(
        x,
        [
          [0, 0],
          [1, 2],
          [0, 1],
        ],
        0.5,
      ),
      tf.pad(m, [
        [1, 0],
        [0, 2],
      ]),
    ],
  ],
  Reverse: [({ x }) => [tf.reverse(x, [0, 2]), tf.reverse(x, 1)]],
  Gather: [
    ({ m, ids }) => [
      tf.gather(tf.transpose(m), ids),
      tf.gather(m, ids, 1),
      tf.grad((x: tf.Tensor) => tf.sum(tf.square(tf.gather(x, ids, 1))))(m),
    ],
  ],
  OneHot: [({ ids }) => [tf.oneHot(ids, 4), tf.oneHot(ids, 3, 0.9, 0.1, 'float32')]],
  Reduce: [
    ({ x }) => [tf.sum(x, [0, 2]), tf.mean(x, 1, true), tf.max(x, [1]), tf.min(x), tf.prod(x, 1)],
    ({ x }) => [tf.all(tf.greater(x, -0.9), 2), tf.any(tf.greater(x, 0.5), 2), tf.sum(tf.greater(x, 0))],
    ({ ids }) => [tf.sum(ids), tf.max(ids), tf.min(ids), tf.prod(ids), tf.mean(ids)],
  ],
  ArgReduce: [({ x, y }) => [tf.argMax(x, 2), tf.argMin(x, 1), tf.argMax(tf.relu(y), 1)]],
  Softmax: [({ x, m }) => [tf.softmax(x), tf.softmax(tf.mul(m, 50)), tf.logSoftmax(m)]],
  MatMul: MATRIX_PRODUCTS,
  Conv2D: CONVOLUTIONS,
  Conv2DInputGrad: CONVOLUTIONS,
  Conv2DFilterGrad: [...CONVOLUTIONS, ...DEEP_CONVOLUTIONS],
  MaxPool: pools(tf.maxPool),
  MaxPoolGrad: pools(tf.maxPool),
  AvgPool: pools(tf.avgPool),
  AvgPoolGrad: pools(tf.avgPool),
  BatchNormTraining: BATCH_NORMS,
  BatchNormTrainingGrad: BATCH_NORMS,
};
