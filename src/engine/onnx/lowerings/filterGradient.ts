/**
 * The filter's gradient, which ONNX has no operator for. Blocked images have a form of their own (imageChannels.ts);
 * otherwise it is one matrix product of shifted copies of x and dy, in one of two forms: `columns` copies x once for
 * each tap of the filter; `shifts` copies x for each column of taps and dy for each row, and gets all taps as the
 * blocks of one product. The copies are depthwise convolutions with one-hot filters, which onnxruntime runs on all
 * threads.
 */
import type { GraphNode } from '../../graph/graph';
import { MICROSOFT, type Emitter } from '../emitter';
import { byImages, imageGeometry } from './imageChannels';

/** Above this many floats the per-image products are not kept: one product over the whole batch instead. */
const MAX_PER_IMAGE_FLOATS = 4e7;

type FilterGrad = GraphNode<'Conv2DFilterGrad'>;

export function lowerConv2DFilterGrad(node: FilterGrad, emit: Emitter): void {
  const [gradient] = node.outputs;
  const geometry = imageGeometry(node, emit);
  if (geometry === undefined) emit.define(gradient, byProduct(node, emit));
  else emit.define(gradient, byImages(node, geometry, emit));
}

function byProduct(node: FilterGrad, emit: Emitter): string {
  const rows = rowPlan(node);
  return rows === undefined ? byColumns(node, emit) : byShifts(node, rows, emit);
}

/** How the rows of taps divide into phases of the stride and whole shifts: tap row q reads row s * (i + a) + phase. */
export interface RowPlan {
  readonly phases: readonly number[];
  readonly shifts: readonly number[];
  /** For each tap row, its index among shift * phases.length + phase. */
  readonly blocks: readonly number[];
}

/** The plan of the `shifts` form, undefined where it does not apply or would copy more than `columns`. */
export function rowPlan({ inputs: [x, dy], attributes }: FilterGrad): RowPlan | undefined {
  const { filterShape, strides, pads } = attributes;
  const [height, width, channelsIn, channelsOut] = filterShape;
  const [stride] = strides;
  const offsets = Array.from({ length: height }, (_, row) => row - pads[0]);
  const phaseOf = (offset: number): number => ((offset % stride) + stride) % stride;
  const shiftOf = (offset: number): number => (offset - phaseOf(offset)) / stride;
  const phases = distinct(offsets.map(phaseOf));
  const shifts = distinct(offsets.map(shiftOf));
  const blocks = offsets.map(
    (offset) => shifts.indexOf(shiftOf(offset)) * phases.length + phases.indexOf(phaseOf(offset)),
  );
  const covers = x.shape[1] <= stride * dy.shape[1] && shifts[0] <= 0 && (shifts.at(-1) ?? 0) >= 0;
  const copied = channelsIn * phases.length * width + (shifts.length > 1 ? channelsOut * shifts.length : 0);
  return covers && copied <= channelsIn * height * width ? { phases, shifts, blocks } : undefined;
}

/** One copy of x for each tap: [N, ci * kh * kw, P] times dy [N, co, P]. */
function byColumns(node: FilterGrad, emit: Emitter): string {
  const [x, dy] = node.inputs;
  const { filterShape, strides, pads } = node.attributes;
  const [height, width, channelsIn, channelsOut] = filterShape;
  const taps = Array.from(
    { length: height * width },
    (_, tap) => [Math.floor(tap / width), tap % width] as const,
  );
  const columns = copies(
    emit.name(x, 'nchw'),
    { channels: channelsIn, taps, size: [height, width], strides, pads },
    emit,
  );
  const product = productOverBatch(
    { name: emit.name(dy, 'nchw'), channels: channelsOut },
    { name: columns, channels: channelsIn * taps.length },
    dy.shape,
    emit,
  );
  const split = emit.reshape(product, [channelsOut, channelsIn, height, width]);
  return emit.transpose(split, [2, 3, 1, 0]);
}

function byShifts(node: FilterGrad, rows: RowPlan, emit: Emitter): string {
  const [, dy] = node.inputs;
  const [, width, channelsIn, channelsOut] = node.attributes.filterShape;
  const { phases, shifts, blocks } = rows;
  const product = productOverBatch(
    { name: rowShifted(node, shifts, emit), channels: channelsOut * shifts.length },
    { name: columnShifted(node, phases, emit), channels: channelsIn * phases.length * width },
    dy.shape,
    emit,
  );
  const split = emit.reshape(product, [channelsOut, shifts.length, channelsIn, phases.length, width]);
  const ordered = emit.transpose(split, [1, 3, 4, 2, 0]);
  const byBlock = emit.reshape(ordered, [shifts.length * phases.length, width, channelsIn, channelsOut]);
  const isInOrder =
    blocks.length === shifts.length * phases.length && blocks.every((block, row) => block === row);
  return isInOrder ? byBlock : emit.node('Gather', [byBlock, emit.int64s(blocks)], { axis: 0 });
}

/** x for each phase of rows and each column of taps, at the positions of dy. */
function columnShifted(node: FilterGrad, phases: readonly number[], emit: Emitter): string {
  const [x, dy] = node.inputs;
  const { filterShape, strides, pads } = node.attributes;
  const name = emit.name(x, 'nchw');
  const [, width] = filterShape;
  const height = Math.max(...phases) + 1;
  const taps = phases.flatMap((phase) =>
    Array.from({ length: width }, (_, column) => [phase, column] as const),
  );
  if (taps.length === 1 && strides.every((stride) => stride === 1) && height === 1) return name;
  const below = Math.max(0, strides[0] * (dy.shape[1] - 1) + height - x.shape[1]);
  const window = { size: [height, width], strides, pads: [0, pads[1], below, pads[3]] };
  return copies(name, { channels: filterShape[2], taps, ...window }, emit);
}

/** dy for each shift of rows: copy a holds row i - a at row i. */
function rowShifted(node: FilterGrad, shifts: readonly number[], emit: Emitter): string {
  const name = emit.name(node.inputs[1], 'nchw');
  if (shifts.length === 1) return name;
  const [lowest, highest] = [shifts[0], shifts.at(-1) ?? 0];
  const taps = shifts.map((shift) => [highest - shift, 0] as const);
  const window = { size: [highest - lowest + 1, 1], strides: [1, 1], pads: [highest, 0, -lowest, 0] };
  return copies(name, { channels: node.attributes.filterShape[3], taps, ...window }, emit);
}

interface Copies {
  readonly channels: number;
  /** Row and column in the window of each copy. */
  readonly taps: readonly (readonly [number, number])[];
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly pads: readonly number[];
}

/** [N, C, H, W] to [N, C * taps, H', W'], each output channel one input channel seen through one tap. */
function copies(name: string, options: Copies, emit: Emitter): string {
  const { channels, size, strides, pads } = options;
  return emit.memo(`copies ${JSON.stringify([name, options])}`, () => {
    const attributes = { kernel_shape: size, strides, pads, group: channels };
    return emit.node('Conv', [name, oneHotFilters(options, emit)], attributes);
  });
}

function oneHotFilters({ channels, taps, size }: Copies, emit: Emitter): string {
  const [height, width] = size;
  const shape = [channels * taps.length, 1, height, width];
  return emit.memo(`one-hot ${JSON.stringify([channels, taps, size])}`, () => {
    const filters = new Float32Array(channels * taps.length * height * width);
    for (let output = 0; output < channels * taps.length; output++) {
      const [row, column] = taps[output % taps.length];
      filters[(output * height + row) * width + column] = 1;
    }
    return emit.constant(filters, shape, 'float32');
  });
}

interface Operand {
  readonly name: string;
  readonly channels: number;
}

/** Sum over images and positions of a times b: [a.channels, b.channels]. */
function productOverBatch(a: Operand, b: Operand, dyShape: readonly number[], emit: Emitter): string {
  const [n, h, w] = dyShape;
  const flat = ({ name, channels }: Operand): string => emit.reshape(name, [n, channels, h * w]);
  if (n * a.channels * b.channels <= MAX_PER_IMAGE_FLOATS) {
    const products = emit.node('FusedMatMul', [flat(a), flat(b)], { transB: 1 }, MICROSOFT);
    return emit.node('ReduceSum', [products, emit.int64s([0])], { keepdims: 0 });
  }
  const long = (operand: Operand): string =>
    emit.reshape(emit.transpose(flat(operand), [1, 0, 2]), [operand.channels, n * h * w]);
  return emit.node('Gemm', [long(a), long(b)], { transB: 1 });
}

function distinct(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].toSorted((a, b) => a - b);
}
