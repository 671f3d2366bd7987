/**
 * The vocabulary of the graph: every operation with its attributes, and nothing else. Operations follow
 * TensorFlow's conventions (NHWC images, HWIO filters, NumPy broadcasting); shapes are static.
 * A writer covers the vocabulary with one lowering per operation, which the compiler checks.
 */

/** `step` is 1 above zero, else 0: the derivative of relu. */
export const UNARY_FUNCTIONS = [
  'abs',
  'ceil',
  'cos',
  'erf',
  'exp',
  'floor',
  'isFinite',
  'isNaN',
  'log',
  'log1p',
  'neg',
  'not',
  'reciprocal',
  'relu',
  'round',
  'rsqrt',
  'sigmoid',
  'sign',
  'sin',
  'softplus',
  'sqrt',
  'square',
  'step',
  'tanh',
] as const;
export const BINARY_FUNCTIONS = [
  'add',
  'sub',
  'mul',
  'div',
  'floorDiv',
  'maximum',
  'minimum',
  'pow',
] as const;
export const COMPARE_FUNCTIONS = [
  'equal',
  'notEqual',
  'greater',
  'greaterEqual',
  'less',
  'lessEqual',
  'and',
  'or',
] as const;
export const REDUCE_FUNCTIONS = ['sum', 'mean', 'max', 'min', 'prod', 'all', 'any'] as const;

export type UnaryFunction = (typeof UNARY_FUNCTIONS)[number];
export type BinaryFunction = (typeof BINARY_FUNCTIONS)[number];
export type CompareFunction = (typeof COMPARE_FUNCTIONS)[number];
export type ReduceFunction = (typeof REDUCE_FUNCTIONS)[number];

/** A constant's values: one number for all elements, or all of them in row-major order. */
export type ConstantValues = number | Float32Array | Int32Array | Uint8Array;

/** Height and width. */
export type Pair = readonly [number, number];
/** Zeros added at top, left, bottom and right. */
export type Pads = readonly [number, number, number, number];

/** A sliding window over [N, H, W, C]. */
export interface Window {
  readonly strides: Pair;
  readonly pads: Pads;
}

/** A sliding window of a pooling operation. */
export interface PoolWindow extends Window {
  readonly size: Pair;
}

type None = Readonly<Record<string, never>>;

/** Attributes by operation; inputs are listed in each comment. */
export interface OpAttributes {
  /** () */
  Constant: { readonly values: ConstantValues; readonly shape: readonly number[]; readonly dtype: DType };
  /** (x) */
  Unary: { readonly fn: UnaryFunction };
  /** (a, b), broadcast */
  Binary: { readonly fn: BinaryFunction };
  /** (a, b), broadcast, to bool */
  Compare: { readonly fn: CompareFunction };
  /** (x) */
  Clip: { readonly min: number; readonly max: number };
  /** (condition, then, else), broadcast */
  Select: None;
  /** (x) */
  Cast: { readonly dtype: DType };
  /** (x) */
  Reshape: { readonly shape: readonly number[] };
  /** (x), by NumPy's rules */
  Broadcast: { readonly shape: readonly number[] };
  /** (x) */
  Transpose: { readonly permutation: readonly number[] };
  /** (x) */
  Tile: { readonly repeats: readonly number[] };
  /** (...parts) */
  Concat: { readonly axis: number };
  /** (x) */
  Slice: {
    readonly begin: readonly number[];
    readonly size: readonly number[];
    readonly strides: readonly number[];
  };
  /** (x) */
  Pad: { readonly before: readonly number[]; readonly after: readonly number[]; readonly value: number };
  /** (x) */
  Reverse: { readonly axes: readonly number[] };
  /** (x, indices) */
  Gather: { readonly axis: number };
  /** (indices); the new axis is the last */
  OneHot: { readonly depth: number; readonly on: number; readonly off: number; readonly dtype: DType };
  /** (x) */
  Reduce: { readonly fn: ReduceFunction; readonly axes: readonly number[]; readonly keepDims: boolean };
  /** (x), index of the first extreme, int32 */
  ArgReduce: { readonly fn: 'max' | 'min'; readonly axis: number };
  /** (x), over the last axis */
  Softmax: None;
  /** (a, b), over the last two axes; leading axes broadcast */
  MatMul: { readonly transposeA: boolean; readonly transposeB: boolean };
  /** (x NHWC, filter HWIO) */
  Conv2D: Window;
  /** (dy, filter) to dx */
  Conv2DInputGrad: Window & { readonly inputShape: readonly number[] };
  /** (x, dy) to the filter's gradient */
  Conv2DFilterGrad: Window & { readonly filterShape: readonly number[] };
  /** (x) */
  MaxPool: PoolWindow;
  /** (dy, x) to dx; ties go to the first in row-major order */
  MaxPoolGrad: PoolWindow;
  /** (x); padding is not counted */
  AvgPool: PoolWindow;
  /** (dy) to dx, each window's share being dy / window size */
  AvgPoolGrad: PoolWindow & { readonly inputShape: readonly number[] };
  /** (x [..., C], gamma [C], beta [C]) to y, batch mean [C], biased batch variance [C] */
  BatchNormTraining: { readonly epsilon: number };
  /** (dy, x, gamma, mean, variance) to dx, dgamma [C], dbeta [C] */
  BatchNormTrainingGrad: { readonly epsilon: number };
}

export type OpName = keyof OpAttributes;
/** The half types appear only where the precision pass puts them: never in inputs, outputs or state. */
export type DType = 'float32' | 'int32' | 'bool' | HalfType;
export type HalfType = 'bfloat16' | 'float16';
