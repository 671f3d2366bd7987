/** Kernels that move, repeat, select or create elements. */
import {
  slice_util,
  util,
  type ConcatAttrs,
  type ExpandDimsAttrs,
  type FillAttrs,
  type GatherV2Attrs,
  type LinSpaceAttrs,
  type OneHotAttrs,
  type PackAttrs,
  type PadV2Attrs,
  type RangeAttrs,
  type ReshapeAttrs,
  type ReverseAttrs,
  type SliceAttrs,
  type SplitVAttrs,
  type StridedSliceAttrs,
  type TileAttrs,
  type TransposeAttrs,
  type UnpackAttrs,
  type UnsortedSegmentSumAttrs,
} from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder';
import { sizeOf, type Value } from '../../graph/graph';
import type { DType } from '../../graph/ops';
import { row, UnsupportedAttributes, type KernelRow } from './row';

export const shapeKernels: readonly KernelRow[] = [
  row<ReshapeAttrs>('Reshape', ({ inputs: { x }, attrs, build }) =>
    build.add('Reshape', [x], { shape: util.inferFromImplicitShape(attrs.shape, sizeOf(x.shape)) }),
  ),
  row<ExpandDimsAttrs>('ExpandDims', ({ inputs: { input }, attrs: { dim }, build }) => {
    const axis = dim < 0 ? dim + input.shape.length + 1 : dim;
    return build.add('Reshape', [input], { shape: input.shape.toSpliced(axis, 0, 1) });
  }),
  row<TransposeAttrs>('Transpose', ({ inputs: { x }, attrs, build }) =>
    build.add('Transpose', [x], { permutation: [...attrs.perm] }),
  ),
  row<TileAttrs>('Tile', ({ inputs: { x }, attrs, build }) => tile(x, attrs.reps, build)),
  row<ConcatAttrs>('Concat', ({ list, attrs, build }) => concat(list, attrs.axis, build)),
  row<PackAttrs>('Pack', ({ list, attrs: { axis }, build }) => {
    const at = axis < 0 ? axis + list[0].shape.length + 1 : axis;
    const parts = list.map((part) => build.add('Reshape', [part], { shape: part.shape.toSpliced(at, 0, 1) }));
    return concat(parts, at, build);
  }),
  row<UnpackAttrs>('Unpack', ({ inputs: { value }, attrs: { axis }, build }) => {
    const at = positive(axis, value);
    const parts = split(value, { axis: at, sizes: Array<number>(value.shape[at]).fill(1), build });
    return parts.map((part) => build.add('Reshape', [part], { shape: part.shape.toSpliced(at, 1) }));
  }),
  row<SplitVAttrs>('SplitV', ({ inputs: { x }, attrs, build }) => {
    const axis = positive(attrs.axis, x);
    const sizes = Array.isArray(attrs.numOrSizeSplits)
      ? attrs.numOrSizeSplits
      : Array<number>(attrs.numOrSizeSplits).fill(x.shape[axis] / attrs.numOrSizeSplits);
    return split(x, { axis, sizes, build });
  }),
  row<SliceAttrs>('Slice', ({ inputs: { x }, attrs, build }) => {
    const [begin, size] = slice_util.parseSliceParams(shapeHolder(x), attrs.begin, attrs.size);
    return build.add('Slice', [x], { begin, size, strides: begin.map(() => 1) });
  }),
  row<StridedSliceAttrs>('StridedSlice', ({ inputs: { x }, attrs, build }) => stridedSlice(x, attrs, build)),
  row<PadV2Attrs>('PadV2', ({ inputs: { x }, attrs, build }) =>
    build.add('Pad', [x], {
      before: attrs.paddings.map(([before]) => before),
      after: attrs.paddings.map(([, after]) => after),
      value: attrs.constantValue,
    }),
  ),
  row<ReverseAttrs>('Reverse', ({ inputs: { x }, attrs, build }) => {
    const axes = util.parseAxisParam(attrs.dims, [...x.shape]);
    return axes.length === 0 ? x : build.add('Reverse', [x], { axes });
  }),
  row<GatherV2Attrs>('GatherV2', ({ inputs: { x, indices }, attrs, build }) => {
    if (attrs.batchDims !== 0) throw new UnsupportedAttributes('is traced without batch dimensions only');
    return build.add('Gather', [x, indices], { axis: positive(attrs.axis, x) });
  }),
  row<UnsortedSegmentSumAttrs>('UnsortedSegmentSum', ({ inputs: { x, segmentIds }, attrs, build }) =>
    segmentSum(x, segmentIds, { count: attrs.numSegments, build }),
  ),
  row<OneHotAttrs>('OneHot', ({ inputs: { indices }, attrs, build }) =>
    build.add('OneHot', [indices], {
      depth: attrs.depth,
      on: attrs.onValue,
      off: attrs.offValue,
      dtype: traceable(attrs.dtype),
    }),
  ),
  row<FillAttrs>('Fill', ({ attrs: { shape, value, dtype }, build }) => {
    if (typeof value !== 'number') throw new UnsupportedAttributes('is traced with numbers only');
    return build.constant(value, shape, traceable(dtype));
  }),
  row<RangeAttrs>('Range', ({ attrs: { start, stop, step, dtype }, build }) => {
    const values = Float32Array.from(
      { length: Math.ceil((stop - start) / step) },
      (_, i) => start + i * step,
    );
    const isInteger = dtype === 'int32';
    return build.constant(isInteger ? Int32Array.from(values) : values, [values.length], traceable(dtype));
  }),
  row<LinSpaceAttrs>('LinSpace', ({ attrs: { start, stop, num }, build }) => {
    const step = num > 1 ? (stop - start) / (num - 1) : 0;
    return build.constant(
      Float32Array.from({ length: num }, (_, i) => start + i * step),
      [num],
      'float32',
    );
  }),
];

function positive(axis: number, x: Value): number {
  return axis < 0 ? axis + x.shape.length : axis;
}

function traceable(dtype: string | undefined): DType {
  if (dtype === 'int32' || dtype === 'bool') return dtype;
  if (dtype === 'float32' || dtype === undefined) return 'float32';
  throw new UnsupportedAttributes(`cannot make values of type ${dtype}`);
}

/** The helpers of TensorFlow.js read only `shape` and `rank` here, but ask for a whole tensor. */
function shapeHolder(x: Value): Parameters<typeof slice_util.parseSliceParams>[0] {
  return { shape: [...x.shape], rank: x.shape.length } as unknown as ReturnType<typeof shapeHolder>;
}

/** Repeating along axes of length 1 is a broadcast, which most engines do without a copy. */
function tile(x: Value, repeats: readonly number[], build: GraphBuilder): Value {
  if (repeats.some((count, axis) => count > 1 && x.shape[axis] !== 1)) {
    return build.add('Tile', [x], { repeats: [...repeats] });
  }
  return build.add('Broadcast', [x], { shape: x.shape.map((size, axis) => size * repeats[axis]) });
}

function concat(parts: readonly Value[], axis: number, build: GraphBuilder): Value {
  const at = positive(axis, parts[0]);
  const filled = parts.filter((part) => part.shape[at] > 0);
  return filled.length === 1 ? filled[0] : build.add('Concat', filled, { axis: at });
}

function split(x: Value, options: { axis: number; sizes: readonly number[]; build: GraphBuilder }): Value[] {
  const { axis, sizes, build } = options;
  const strides = x.shape.map(() => 1);
  let start = 0;
  return sizes.map((length) => {
    const begin = x.shape.map((_, at) => (at === axis ? start : 0));
    start += length;
    return build.add('Slice', [x], { begin, size: x.shape.with(axis, length), strides });
  });
}

function stridedSlice(x: Value, attrs: StridedSliceAttrs, build: GraphBuilder): Value {
  const info = slice_util.sliceInfo(
    [...x.shape],
    attrs.begin,
    attrs.end,
    attrs.strides,
    attrs.beginMask,
    attrs.endMask,
    attrs.ellipsisMask,
    attrs.newAxisMask,
    attrs.shrinkAxisMask,
  );
  if (info.strides.some((stride) => stride < 1))
    throw new UnsupportedAttributes('is traced with positive strides only');
  const size = info.finalShapeSparse;
  const taken = build.add('Slice', [x], { begin: info.begin, size, strides: info.strides });
  return build.add('Reshape', [taken], { shape: info.finalShape });
}

/** Sums rows by segment as a product with the one-hot matrix of the ids: deterministic and fast for few segments. */
function segmentSum(x: Value, ids: Value, options: { count: number; build: GraphBuilder }): Value {
  const { count, build } = options;
  const rows = sizeOf(ids.shape);
  const width = sizeOf(x.shape) / rows;
  const flatIds = build.add('Reshape', [ids], { shape: [rows] });
  const oneHot = build.add('OneHot', [flatIds], { depth: count, on: 1, off: 0, dtype: 'float32' });
  const flat = build.add('Reshape', [x], { shape: [rows, width] });
  const sums = build.add('MatMul', [oneHot, flat], { transposeA: true, transposeB: false });
  return build.add('Reshape', [sums], { shape: [count, ...x.shape.slice(ids.shape.length)] });
}
