/**
 * The gradient of a convolution with respect to its input, as a convolution of dy: at stride 1 with the filter
 * turned, at stride 2 over an even size as four small convolutions in one. Anything else is ONNX's transposed
 * convolution.
 */
import type { GraphNode } from '../../graph/graph';
import type { Emitter } from '../emitter';
import { fitsPhases, isUnitStride, phaseAxes, phaseWindow, turnedPads } from '../phases';
import { flippedInBlocks, quartersInBlocks } from './blockedInputGradient';
import { turned } from './filterTaps';

type InputGrad = GraphNode<'Conv2DInputGrad'>;

export function lowerConv2DInputGrad(node: InputGrad, emit: Emitter): void {
  const [dx] = node.outputs;
  if (emit.layoutOf(dx) === 'blocked') {
    if (isUnitStride(node)) emit.postpone(dx, flippedInBlocks(node, emit));
    else emit.postponeQuarters(dx, quartersInBlocks(node, emit));
  } else if (isUnitStride(node)) emit.define(dx, flipped(node, emit));
  else if (fitsPhases(node)) emit.define(dx, convolvePhases(node, emit), 'phases');
  else emit.define(dx, transposed(node, emit));
}

/** Stride 1: a convolution of dy with the filter turned by 180 degrees and its channels exchanged. */
function flipped(node: InputGrad, emit: Emitter): string {
  const [dy, filter] = node.inputs;
  const weights = emit.transpose(turned(emit.name(filter), filter.shape, emit), [2, 3, 0, 1]);
  const attributes = { kernel_shape: filter.shape.slice(0, 2), pads: turnedPads(node) };
  return emit.node('Conv', [emit.name(dy, 'nchw'), weights], attributes);
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

/** One convolution with four times the channels; the emitter interleaves them when somebody needs it. */
function convolvePhases(node: InputGrad, emit: Emitter): string {
  const [dy, filter] = node.inputs;
  const [rows, columns] = phaseAxes(node);
  const [, , from, to] = filter.shape;
  const { size, pads } = phaseWindow(rows, columns);
  const padded = emit.node('Pad', [emit.name(filter), emit.int64s([0, 0, 0, 0, 1, 1, 0, 0])]);
  const byRow = emit.node('Gather', [padded, emit.int64s(rows.taps)], { axis: 0 });
  const taps = emit.node('Gather', [byRow, emit.int64s(columns.taps)], { axis: 1 });
  const split = emit.reshape(taps, [2, rows.length, 2, columns.length, from, to]);
  const weights = emit.reshape(emit.transpose(split, [4, 0, 2, 5, 1, 3]), [4 * from, to, ...size]);
  return emit.node('Conv', [emit.name(dy, 'nchw'), weights], { kernel_shape: size, pads });
}
