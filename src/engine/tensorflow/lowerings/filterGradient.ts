/**
 * The filter's gradient of a convolution over a small image, as one matrix product a tap of the filter: the rows of x
 * that the tap has met, transposed, times the rows of dy that it has made. TensorFlow's own operation works on padding
 * too, which in an image of 4 x 4 under a filter of 3 x 3 is a third of all: it takes 1.3 times as long in float32, and
 * more than twice as long in bfloat16.
 */
import { sizeOf, type GraphNode, type Value } from '../../graph/graph';
import type { Emitter } from '../savedModel/emitter';

/** Largest image [H, W] of dy, in elements, for which products of taps are the faster way. */
const LARGEST_IMAGE: { readonly [type in Value['dtype']]?: number } = { float32: 16, bfloat16: 64 };

/** Least number of filter elements a tap: products of less have too little to do. */
const SMALLEST_TAP = 128 * 128;

type FilterGrad = GraphNode<'Conv2DFilterGrad'>;

/** Whether the gradient is better written as products. On a graphics card the operation is made for the shape. */
export function prefersProducts({ inputs: [x, dy], attributes }: FilterGrad, emit: Emitter): boolean {
  const { filterShape, strides } = attributes;
  const [height, width, from, to] = filterShape;
  const whole = [0, 1].every((axis) => dy.shape[axis + 1] * strides[axis] === x.shape[axis + 1]);
  const isSmall = dy.shape[1] * dy.shape[2] <= (LARGEST_IMAGE[dy.dtype] ?? 0);
  return emit.target === 'cpu' && whole && isSmall && height * width > 1 && from * to >= SMALLEST_TAP;
}

/** The gradient [height, width, from, to] of a convolution whose stride divides its image. */
export function productsOfTaps(node: FilterGrad, emit: Emitter): string {
  const [x, dy] = node.inputs;
  const { filterShape, strides, pads } = node.attributes;
  const [batch, height, width] = dy.shape;
  const phases = emit.reshape(emit.name(x), x.dtype, [
    batch,
    height,
    strides[0],
    width,
    strides[1],
    x.shape[3],
  ]);
  const product = (rows: Reach, columns: Reach): string => {
    const from = [0, rows.from + rows.shift, rows.phase, columns.from + columns.shift, columns.phase, 0];
    const met = rowsOf(phases, x, { from, size: [batch, rows.count, 1, columns.count, 1, x.shape[3]] }, emit);
    const part = {
      from: [0, rows.from, columns.from, 0],
      size: [batch, rows.count, columns.count, dy.shape[3]],
    };
    const made = rowsOf(emit.name(dy), dy, part, emit);
    return emit.typed('MatMul', x.dtype, [met, made], { transpose_a: true });
  };
  const products = reaches(filterShape[0], { stride: strides[0], pad: pads[0], length: height }).flatMap(
    (rows) =>
      reaches(filterShape[1], { stride: strides[1], pad: pads[1], length: width }).map((columns) =>
        product(rows, columns),
      ),
  );
  const stacked = emit.typed('Pack', x.dtype, products, { N: products.length, axis: 0 });
  return emit.reshape(stacked, x.dtype, filterShape);
}

/** Channels that oneDNN takes at a time where there is AVX2. */
const CHANNEL_BLOCK = 8;

/**
 * Whether the gradient is that of one tap which steps over pixels, of channels that are no multiple of 8: there TensorFlow's
 * own operation gives a wrong result on processors with AVX2 alone (2.21 with oneDNN, against float64).
 */
export function isSampling({ attributes }: FilterGrad, emit: Emitter): boolean {
  const { filterShape, strides, pads } = attributes;
  const isOneTap = filterShape[0] === 1 && filterShape[1] === 1 && pads.every((pad) => pad === 0);
  const isStepping = isOneTap && strides.some((stride) => stride > 1);
  return emit.target === 'cpu' && isStepping && filterShape[2] % CHANNEL_BLOCK !== 0;
}

/** The gradient [1, 1, from, to] of one tap, as one product over the pixels that it has met. */
export function productOfSamples({ inputs: [x, dy], attributes }: FilterGrad, emit: Emitter): string {
  const { filterShape, strides } = attributes;
  const [batch, height, width] = dy.shape;
  const steps = [1, strides[0], strides[1], 1];
  const end = [batch, (height - 1) * strides[0] + 1, (width - 1) * strides[1] + 1, x.shape[3]];
  const inputs = [emit.name(x), ...[[0, 0, 0, 0], end, steps].map((list) => emit.int32s(list))];
  const met = emit.typed('StridedSlice', x.dtype, inputs, { Index: { type: 'int32' } });
  const rows = (name: string, channels: number): string =>
    emit.reshape(name, x.dtype, [batch * height * width, channels]);
  const pair = [rows(met, x.shape[3]), rows(emit.name(dy), dy.shape[3])];
  return emit.reshape(emit.typed('MatMul', x.dtype, pair, { transpose_a: true }), x.dtype, filterShape);
}

/** Which positions of dy a tap makes from inside the image along one axis, and where it finds them in x. */
interface Reach {
  /** First position of dy, and how many. */
  readonly from: number;
  readonly count: number;
  /** The position of x is (position of dy + shift) * stride + phase. */
  readonly shift: number;
  readonly phase: number;
}

function reaches(
  taps: number,
  { stride, pad, length }: { stride: number; pad: number; length: number },
): readonly Reach[] {
  return Array.from({ length: taps }, (_, tap) => {
    const shift = Math.floor((tap - pad) / stride);
    const from = Math.max(0, -shift);
    const count = Math.max(0, Math.min(length, length - shift) - from);
    return { from, count, shift, phase: tap - pad - shift * stride };
  });
}

interface Part {
  readonly from: readonly number[];
  readonly size: readonly number[];
}

/** A part of a tensor as a matrix with one row for each position. */
function rowsOf(name: string, { dtype }: Value, { from, size }: Part, emit: Emitter): string {
  const part = emit.memo(`slice ${name} ${from.join(' ')} ${size.join(' ')}`, () => {
    const inputs = [name, emit.int32s(from), emit.int32s(size)];
    return emit.typed('Slice', dtype, inputs, { Index: { type: 'int32' } });
  });
  return emit.reshape(part, dtype, [sizeOf(size.slice(0, -1)), size[size.length - 1]]);
}
