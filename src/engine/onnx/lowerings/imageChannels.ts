/**
 * The filter's gradient as a blocked convolution in which the images of the batch are the channels: x is the input,
 * dy the weights, and the few positions of the output are the taps, dw[kh, kw] = sum of x[s h + kh, s w + kw] dy[h, w]
 * over images, rows and columns. Nothing is copied for each tap, as matrix products need it. The channels of x lie
 * side by side along the width, [N, H, W * C], and a dilation of C steps from one pixel to the next.
 */
import type { GraphNode, Value } from '../../graph/graph';
import type { Pair } from '../../graph/ops';
import type { Emitter } from '../emitter';
import { blockedCopy, NCHWC } from '../nchwc';

type FilterGrad = GraphNode<'Conv2DFilterGrad'>;

/** How far a batch may be from whole blocks: twice the images are twice the work, which eats up all that is gained. */
const MAX_PADDED_SHARE = 2;

/** How x is brought into the form that every tap meets every position of dy. */
export interface ImageGeometry {
  /** Images with those of zeros that fill the last block. */
  readonly images: number;
  /** Rows and columns of zeros around x. */
  readonly rows: Pair;
  readonly columns: Pair;
  /** Taken when x is copied; 1 unless the filter has one tap. */
  readonly copyStrides: Pair;
  /** Left for the convolution. */
  readonly strides: Pair;
}

/**
 * The geometry of this form, undefined where the product of shifted copies is the one to take. The rule: dy has whole
 * blocks of channels, the batch is not far below a block, and x has no rows or columns beyond the last tap. Where it
 * holds this form is the cheaper one: a gradient of 0.6 GFLOP (128 images of 32 x 32, 16 to 16 channels) takes 6 ms of
 * one thread with AVX-512, its copies 2; the product takes 9, its copies 10. Only from about 128 x 128 pixels on, where
 * the images that stand as weights leave the caches, are both alike.
 */
export function imageGeometry(node: FilterGrad, emit: Emitter): ImageGeometry | undefined {
  const [x, dy] = node.inputs;
  const { filterShape, strides, pads } = node.attributes;
  if (!emit.fillsBlocks(dy.shape[3])) return undefined;
  const images = Math.ceil(x.shape[0] / emit.block) * emit.block;
  const isOneTap = filterShape[0] * filterShape[1] === 1 && emit.layoutOf(x) === 'blocked';
  const [copyStrides, left] = isOneTap ? [strides, UNIT] : [UNIT, strides];
  const around = (axis: 0 | 1): Pair => {
    const from = Math.ceil(x.shape[axis + 1] / copyStrides[axis]);
    const needed = left[axis] * (dy.shape[axis + 1] - 1) + filterShape[axis];
    return [pads[axis], needed - from - pads[axis]];
  };
  const [rows, columns] = [around(0), around(1)];
  const fits = Math.min(...rows, ...columns) >= 0 && images <= MAX_PADDED_SHARE * x.shape[0];
  return fits ? { images, rows, columns, copyStrides, strides: left } : undefined;
}

const UNIT: Pair = [1, 1];

/** The gradient, HWIO. */
export function byImages(node: FilterGrad, geometry: ImageGeometry, emit: Emitter): string {
  const [, dy] = node.inputs;
  const { filterShape } = node.attributes;
  const [height, width, from, to] = filterShape;
  const { images, rows, strides } = geometry;
  const groups = groupsOf(node, images / emit.block);
  const attributes = {
    kernel_shape: dy.shape.slice(1, 3),
    dilations: [strides[0], strides[1] * from],
    pads: [rows[0], 0, rows[1], 0],
    strides: UNIT,
    group: groups,
  };
  const { image, scale } = emit.factored(dy);
  const [input, weights] = [
    inputOf(node, geometry, emit),
    weightsOf(image, { shape: dy.shape, images, groups }, emit),
  ];
  const sums = emit.node('Conv', [input, weights], attributes, NCHWC);
  const taps = height * width * from;
  const split = emit.reshape(sums, [groups, to / emit.block, taps, emit.block]);
  const sum = emit.node('ReduceSum', [split, emit.int64s([0])], { keepdims: 0 });
  const gradient = emit.reshape(emit.transpose(sum, [1, 0, 2]), filterShape);
  return scale === undefined ? gradient : emit.node('Mul', [gradient, scale]);
}

/**
 * One group for each block of images spreads the work over threads and needs no rearrangement of dy, but leaves as
 * many gradients to be summed. Where those are more floats than dy has, one group.
 */
function groupsOf({ inputs: [, dy], attributes: { filterShape } }: FilterGrad, blocks: number): number {
  const [height, width, from] = filterShape;
  const [n, h, w] = dy.shape;
  return blocks * height * width * from <= n * h * w ? blocks : 1;
}

/** x as [1, N, H, W * C] in blocks of images. */
function inputOf({ inputs: [x] }: FilterGrad, geometry: ImageGeometry, emit: Emitter): string {
  const [n, h, w, c] = x.shape;
  const { images, columns, copyStrides } = geometry;
  const [rows, width] = [
    Math.ceil(h / copyStrides[0]),
    Math.ceil(w / copyStrides[1]) + columns[0] + columns[1],
  ];
  const { block } = emit;
  const flat = emit.reshape(paddedColumns(x, geometry, emit), [n, rows * width * c]);
  const whole = emit.reshape(paddedBatch(flat, images - n, emit), [
    images / block,
    block,
    rows * width * c,
    1,
  ]);
  const reordered = emit.node('ReorderInput', [whole], { channels_last: 0 }, NCHWC);
  return emit.reshape(reordered, [1, images, rows, width * c]);
}

/** x with zeros left and right (or without the pixels that its strides leave out), channels last. */
function paddedColumns(x: Value, { columns, copyStrides }: ImageGeometry, emit: Emitter): string {
  const channels = x.shape[3];
  const [left, right] = columns;
  const isWhole = left + right === 0 && copyStrides.every((stride) => stride === 1);
  if (isWhole) return emit.name(x);
  if (emit.layoutOf(x) !== 'blocked')
    return emit.node('Pad', [emit.name(x), emit.int64s([0, 0, left, 0, 0, 0, right, 0])]);
  const options = { channels, strides: copyStrides, pads: [0, left, 0, right] } as const;
  const copy = blockedCopy(emit.name(x, 'blocked'), options, emit);
  if (channels === emit.block) return copy;
  return emit.node('ReorderOutput', [copy], { channels, channels_last: 1 }, NCHWC);
}

interface ImageWeights {
  /** Of dy, [N, H, W, O]. */
  readonly shape: readonly number[];
  readonly images: number;
  readonly groups: number;
}

/** dy as the weights [groups * O, N / groups, H, W] of that convolution. */
function weightsOf(
  dy: string,
  { shape: [n, h, w, to], images, groups }: ImageWeights,
  emit: Emitter,
): string {
  const { block } = emit;
  const [blocks, blocksOut] = [images / block, to / block];
  const flat = emit.reshape(dy, [n, to * h * w]);
  const whole = emit.reshape(paddedBatch(flat, images - n, emit), [blocks, block, 1, to * h * w]);
  const reordered = emit.node('ReorderInput', [whole], { channels_last: 1 }, NCHWC);
  const shape = [groups * to, images / groups, h, w];
  if (groups > 1 || blocksOut === 1) return emit.reshape(reordered, shape);
  const split = emit.reshape(reordered, [blocks, blocksOut, h * w * block * block]);
  return emit.reshape(emit.transpose(split, [1, 0, 2]), shape);
}

/** [N, ...] with rows of zeros at the end. */
function paddedBatch(name: string, rows: number, emit: Emitter): string {
  return rows === 0 ? name : emit.node('Pad', [name, emit.int64s([0, 0, rows, 0])]);
}
