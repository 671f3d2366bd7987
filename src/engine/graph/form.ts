/**
 * The form of each operation as data: how many inputs it takes and what its attributes hold. The compiler checks
 * graphs that the program makes; this is for those that come from a file.
 */
import type { OpAttributes, OpName } from './ops';
import { BINARY_FUNCTIONS, COMPARE_FUNCTIONS, REDUCE_FUNCTIONS, UNARY_FUNCTIONS } from './ops';

/**
 * What an attribute holds: a number, whole numbers, an axis or axes of the first input, true or false, a constant's
 * values, or one of these words.
 */
type AttributeKind = 'number' | 'sizes' | 'axis' | 'axes' | 'flag' | 'values' | readonly string[];

interface Form<K extends OpName> {
  /** `any` is one or more. */
  readonly inputs: number | 'any';
  readonly attributes: { readonly [A in keyof OpAttributes[K]]: AttributeKind };
}

/** Element types, the half types included. */
export const DTYPES = ['float32', 'int32', 'bool', 'bfloat16', 'float16'] as const;

const WINDOW = { strides: 'sizes', pads: 'sizes' } as const;
const POOL = { ...WINDOW, size: 'sizes' } as const;

/** Form by operation. */
export const FORMS: { readonly [K in OpName]: Form<K> } = {
  Constant: { inputs: 0, attributes: { values: 'values', shape: 'sizes', dtype: DTYPES } },
  Unary: { inputs: 1, attributes: { fn: UNARY_FUNCTIONS } },
  Binary: { inputs: 2, attributes: { fn: BINARY_FUNCTIONS } },
  Compare: { inputs: 2, attributes: { fn: COMPARE_FUNCTIONS } },
  Clip: { inputs: 1, attributes: { min: 'number', max: 'number' } },
  Select: { inputs: 3, attributes: {} },
  Cast: { inputs: 1, attributes: { dtype: DTYPES } },
  Reshape: { inputs: 1, attributes: { shape: 'sizes' } },
  Broadcast: { inputs: 1, attributes: { shape: 'sizes' } },
  Transpose: { inputs: 1, attributes: { permutation: 'axes' } },
  Tile: { inputs: 1, attributes: { repeats: 'sizes' } },
  Concat: { inputs: 'any', attributes: { axis: 'axis' } },
  Slice: { inputs: 1, attributes: { begin: 'sizes', size: 'sizes', strides: 'sizes' } },
  Pad: { inputs: 1, attributes: { before: 'sizes', after: 'sizes', value: 'number' } },
  Reverse: { inputs: 1, attributes: { axes: 'axes' } },
  Gather: { inputs: 2, attributes: { axis: 'axis' } },
  OneHot: { inputs: 1, attributes: { depth: 'number', on: 'number', off: 'number', dtype: DTYPES } },
  Reduce: { inputs: 1, attributes: { fn: REDUCE_FUNCTIONS, axes: 'axes', keepDims: 'flag' } },
  ArgReduce: { inputs: 1, attributes: { fn: ['max', 'min'], axis: 'axis' } },
  Softmax: { inputs: 1, attributes: {} },
  MatMul: { inputs: 2, attributes: { transposeA: 'flag', transposeB: 'flag' } },
  Conv2D: { inputs: 2, attributes: WINDOW },
  Conv2DInputGrad: { inputs: 2, attributes: { ...WINDOW, inputShape: 'sizes' } },
  Conv2DFilterGrad: { inputs: 2, attributes: { ...WINDOW, filterShape: 'sizes' } },
  MaxPool: { inputs: 1, attributes: POOL },
  MaxPoolGrad: { inputs: 2, attributes: POOL },
  AvgPool: { inputs: 1, attributes: POOL },
  AvgPoolGrad: { inputs: 1, attributes: { ...POOL, inputShape: 'sizes' } },
  BatchNormTraining: { inputs: 3, attributes: { epsilon: 'number' } },
  BatchNormTrainingGrad: { inputs: 5, attributes: { epsilon: 'number' } },
};

/** Whether attributes are those of the operation, each of its kind; `rank` is that of the first input. */
export function hasForm(op: OpName, attributes: Readonly<Record<string, unknown>>, rank: number): boolean {
  const kinds: Readonly<Record<string, AttributeKind>> = FORMS[op].attributes;
  return (
    Object.keys(attributes).every((name) => Object.hasOwn(kinds, name)) &&
    Object.entries(kinds).every(([name, kind]) => isOfKind(attributes[name], kind, rank))
  );
}

/** Whether a value is a shape: whole numbers from zero. */
export function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function isOfKind(value: unknown, kind: AttributeKind, rank: number): boolean {
  if (typeof kind !== 'string') return typeof value === 'string' && kind.includes(value);
  switch (kind) {
    case 'number':
      return typeof value === 'number';
    case 'flag':
      return typeof value === 'boolean';
    case 'sizes':
      return isShape(value);
    case 'axis':
      return isShape([value]) && (value as number) < rank;
    case 'axes':
      return isShape(value) && value.every((axis) => axis < rank);
    case 'values':
      return typeof value === 'number' || ArrayBuffer.isView(value);
  }
}
