/**
 * Convolutions and their input gradients in NCHW, with filters that change every step. Filters stay HWIO in the
 * state and are transposed inside the graph.
 */
import type { GraphNode, Value } from '../../graph/graph';
import type { Pads } from '../../graph/ops';
import type { Emitter } from '../emitter';
import { reversed } from './shape';

export function lowerConv2D(node: GraphNode<'Conv2D'>, emit: Emitter): void {
  const [x, filter] = node.inputs;
  const { strides, pads } = node.attributes;
  const weights = emit.transpose(emit.name(filter), [3, 2, 0, 1]);
  const attributes = { kernel_shape: filter.shape.slice(0, 2), pads, strides };
  emit.define(node.outputs[0], emit.node('Conv', [emit.name(x, 'nchw'), weights], attributes));
}

export function lowerConv2DInputGrad(node: GraphNode<'Conv2DInputGrad'>, emit: Emitter): void {
  const [dx] = node.outputs;
  const phases = isUnitStride(node) ? undefined : phaseConvolution(node);
  if (phases !== undefined) emit.define(dx, convolvePhases(phases, emit), 'phases');
  else emit.define(dx, (isUnitStride(node) ? flipped : transposed)(node, emit));
}

type InputGrad = GraphNode<'Conv2DInputGrad'>;

function isUnitStride({ inputs: [, filter], attributes: { strides, pads } }: InputGrad): boolean {
  const [height, width] = filter.shape;
  const [top, left, bottom, right] = pads;
  const fits = Math.max(top, bottom) < height && Math.max(left, right) < width;
  return strides[0] === 1 && strides[1] === 1 && fits;
}

/** Stride 1: a convolution of dy with the filter turned by 180 degrees and its channels exchanged. */
function flipped({ inputs: [dy, filter], attributes }: InputGrad, emit: Emitter): string {
  const [height, width] = filter.shape;
  const name = emit.name(filter);
  const turned = height * width === 1 ? name : reversed(name, [0, 1], emit);
  const weights = emit.transpose(turned, [2, 3, 0, 1]);
  const [top, left, bottom, right] = attributes.pads;
  const pads = [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right];
  return emit.node('Conv', [emit.name(dy, 'nchw'), weights], { kernel_shape: [height, width], pads });
}

/** Any stride: ONNX's transposed convolution. */
function transposed({ inputs: [dy, filter], attributes }: InputGrad, emit: Emitter): string {
  const { strides, pads, inputShape } = attributes;
  const weights = emit.transpose(emit.name(filter), [3, 2, 0, 1]);
  const rest = (axis: 0 | 1): number => {
    const covered =
      (dy.shape[axis + 1] - 1) * strides[axis] + filter.shape[axis] - pads[axis] - pads[axis + 2];
    return inputShape[axis + 1] - covered;
  };
  return emit.node('ConvTranspose', [emit.name(dy, 'nchw'), weights], {
    kernel_shape: filter.shape.slice(0, 2),
    pads,
    strides,
    output_padding: [rest(0), rest(1)],
  });
}

/** One axis of a stride-2 gradient: the window over dy, and the filter tap of each (phase, position) in it. */
interface PhaseAxis {
  readonly before: number;
  readonly after: number;
  readonly length: number;
  /** Tap for each phase and position; the filter's length (one past its end) where there is none. */
  readonly taps: readonly number[];
}

/**
 * Stride 2 over an even size: the four interleaved phases of dx are four small convolutions of dy, done as one
 * with four times the channels; the emitter interleaves them when somebody needs it. Undefined where the geometry
 * does not fit.
 */
function phaseConvolution(node: InputGrad): PhaseConvolution | undefined {
  const { inputs, attributes } = node;
  const [dy, filter] = inputs;
  const { strides, inputShape, pads } = attributes;
  const halves = [1, 2].every((axis) => strides[axis - 1] === 2 && dy.shape[axis] * 2 === inputShape[axis]);
  if (!halves) return undefined;
  const rows = phaseAxis(filter.shape[0], pads[0]);
  const columns = phaseAxis(filter.shape[1], pads[1]);
  if (Math.min(rows.before, rows.after, columns.before, columns.after) < 0) return undefined;
  return { dy, filter, rows, columns };
}

function phaseAxis(size: number, padBefore: number): PhaseAxis {
  const offsets = [0, 1].flatMap((phase) =>
    Array.from({ length: size }, (_, tap) => (phase + padBefore - tap) / 2).filter(Number.isInteger),
  );
  const lowest = Math.min(...offsets);
  const highest = Math.max(...offsets);
  const length = highest - lowest + 1;
  const taps = [0, 1].flatMap((phase) =>
    Array.from({ length }, (_, position) => {
      const tap = phase + padBefore - 2 * (lowest + position);
      return tap >= 0 && tap < size ? tap : size;
    }),
  );
  return { before: -lowest, after: highest, length, taps };
}

interface PhaseConvolution {
  readonly dy: Value;
  readonly filter: Value;
  readonly rows: PhaseAxis;
  readonly columns: PhaseAxis;
}

/** Channels come out as [C, row phase, column phase]. */
function convolvePhases({ dy, filter, rows, columns }: PhaseConvolution, emit: Emitter): string {
  const [, , inputs, outputs] = filter.shape;
  const padded = emit.node('Pad', [emit.name(filter), emit.int64s([0, 0, 0, 0, 1, 1, 0, 0])]);
  const byRow = emit.node('Gather', [padded, emit.int64s(rows.taps)], { axis: 0 });
  const byBoth = emit.node('Gather', [byRow, emit.int64s(columns.taps)], { axis: 1 });
  const split = emit.reshape(byBoth, [2, rows.length, 2, columns.length, inputs, outputs]);
  const ordered = emit.transpose(split, [4, 0, 2, 5, 1, 3]);
  const weights = emit.reshape(ordered, [4 * inputs, outputs, rows.length, columns.length]);
  const pads: Pads = [rows.before, columns.before, rows.after, columns.after];
  const attributes = { kernel_shape: [rows.length, columns.length], pads };
  return emit.node('Conv', [emit.name(dy, 'nchw'), weights], attributes);
}
