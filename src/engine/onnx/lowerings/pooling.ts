/** Pooling in NCHW, with gradients made of standard operators. */
import type { GraphNode, Value } from '../../graph/graph';
import { sizeOf } from '../../graph/graph';
import type { PoolWindow } from '../../graph/ops';
import type { Emitter } from '../emitter';

export function lowerMaxPool(node: GraphNode<'MaxPool'>, emit: Emitter): void {
  emit.define(
    node.outputs[0],
    emit.node('MaxPool', [emit.name(node.inputs[0], 'nchw')], windowOf(node.attributes)),
  );
}

/** Adds each gradient to the flat position that ONNX's MaxPool reports for its maximum. */
export function lowerMaxPoolGrad(node: GraphNode<'MaxPoolGrad'>, emit: Emitter): void {
  const [dy, x] = node.inputs;
  const [dx] = node.outputs;
  const pool = {
    type: 'MaxPool',
    domain: '',
    inputs: [emit.name(x, 'nchw')],
    attributes: windowOf(node.attributes),
  };
  const [, indices] = emit.nodeWith(pool, 2);
  const flat = (name: string): string => emit.reshape(name, [sizeOf(dy.shape)]);
  const zeros = emit.constant(0, [sizeOf(dx.shape)], 'float32');
  const scattered = emit.node('ScatterElements', [zeros, flat(indices), flat(emit.name(dy, 'nchw'))], {
    axis: 0,
    reduction: 'add',
  });
  emit.define(dx, emit.reshape(scattered, channelsFirst(dx)));
}

export function lowerAvgPool(node: GraphNode<'AvgPool'>, emit: Emitter): void {
  const attributes = { ...windowOf(node.attributes), count_include_pad: 0 };
  emit.define(node.outputs[0], emit.node('AveragePool', [emit.name(node.inputs[0], 'nchw')], attributes));
}

/** A depthwise transposed convolution with a filter of equal shares. */
export function lowerAvgPoolGrad(node: GraphNode<'AvgPoolGrad'>, emit: Emitter): void {
  const [dy] = node.inputs;
  const [dx] = node.outputs;
  const { size, strides, pads } = node.attributes;
  const channels = dx.shape[3];
  const share = emit.constant(1 / (size[0] * size[1]), [channels, 1, ...size], 'float32');
  const rest = [0, 1].map((axis) => {
    const covered = (dy.shape[axis + 1] - 1) * strides[axis] + size[axis] - pads[axis] - pads[axis + 2];
    return dx.shape[axis + 1] - covered;
  });
  const attributes = { ...windowOf(node.attributes), group: channels, output_padding: rest };
  emit.define(dx, emit.node('ConvTranspose', [emit.name(dy, 'nchw'), share], attributes));
}

function windowOf({ size, strides, pads }: PoolWindow): {
  kernel_shape: typeof size;
  strides: typeof strides;
  pads: typeof pads;
} {
  return { kernel_shape: size, strides, pads };
}

function channelsFirst({ shape: [n, h, w, c] }: Value): number[] {
  return [n, c, h, w];
}
