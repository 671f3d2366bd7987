/** Pooling. TensorFlow's average pooling takes no explicit padding, and its gradient counts differently at borders. */
import type { GraphNode, Value } from '../../graph/graph';
import type { PoolWindow } from '../../graph/ops';
import type { Emitter } from '../savedModel/emitter';
import { pairs } from './shape';
import { explicitAttribute, explicitPaddings, paddingOf, windowAttributes } from './window';

export function lowerMaxPool(node: GraphNode<'MaxPool'>, emit: Emitter): void {
  const [x] = node.inputs;
  emit.define(node.outputs[0], maxPool(x, node.attributes, emit));
}

export function lowerMaxPoolGrad(node: GraphNode<'MaxPoolGrad'>, emit: Emitter): void {
  const [dy, x] = node.inputs;
  const inputs = [emit.name(x), maxPool(x, node.attributes, emit), emit.name(dy)];
  emit.define(node.outputs[0], emit.typed('MaxPoolGrad', x.dtype, inputs, maxAttributes(x, node.attributes)));
}

function maxPool(x: Value, window: PoolWindow, emit: Emitter): string {
  const name = emit.name(x);
  return emit.memo(`max pool ${name} ${JSON.stringify(window)}`, () =>
    emit.typed('MaxPool', x.dtype, [name], maxAttributes(x, window)),
  );
}

function maxAttributes(x: Value, window: PoolWindow) {
  const padding = paddingOf(window, { input: x.shape, size: window.size });
  return {
    ksize: [1, ...window.size, 1],
    ...windowAttributes(window, padding),
    ...explicitAttribute(window, padding),
  };
}

/** With explicit padding: the mean over padded windows, times the window's size over the elements that count. */
export function lowerAvgPool(node: GraphNode<'AvgPool'>, emit: Emitter): void {
  const [x] = node.inputs;
  const [y] = node.outputs;
  const { size } = node.attributes;
  const padding = paddingOf(node.attributes, { input: x.shape, size });
  const pool = (name: string, rule: 'SAME' | 'VALID'): string =>
    emit.typed('AvgPool', x.dtype, [name], averageAttributes(node.attributes, rule));
  if (padding !== 'EXPLICIT') {
    emit.define(y, pool(emit.name(x), padding));
    return;
  }
  const paddings = pairs(explicitPaddings(node.attributes.pads), emit);
  const padded = emit.typed('Pad', x.dtype, [emit.name(x), paddings], { Tpaddings: { type: 'int32' } });
  const correction = emit.constant(
    countCorrection(x.shape, y.shape, node.attributes),
    [1, y.shape[1], y.shape[2], 1],
    x.dtype,
  );
  emit.define(y, emit.typed('Mul', x.dtype, [pool(padded, 'VALID'), correction]));
}

/** The window's size over the number of its elements inside the image, for each window, [H, W]. */
function countCorrection(
  input: Value['shape'],
  output: Value['shape'],
  { size, strides, pads }: PoolWindow,
): Float32Array {
  const inside = [0, 1].map((axis) =>
    Array.from({ length: output[axis + 1] }, (_, index) => {
      const from = index * strides[axis] - pads[axis];
      return Math.min(from + size[axis], input[axis + 1]) - Math.max(from, 0);
    }),
  );
  const window = size[0] * size[1];
  return Float32Array.from(
    inside[0].flatMap((rows) => inside[1].map((columns) => window / (rows * columns))),
  );
}

/** The gradient over the padded image, where each window's share is dy / size everywhere, without its border. */
export function lowerAvgPoolGrad(node: GraphNode<'AvgPoolGrad'>, emit: Emitter): void {
  const [dy] = node.inputs;
  const { pads, inputShape } = node.attributes;
  const [batch, height, width, channels] = inputShape;
  const [top, left, bottom, right] = pads;
  const padded = [batch, height + top + bottom, width + left + right, channels];
  const inputs = [emit.int32s(padded), emit.name(dy)];
  const whole = emit.typed('AvgPoolGrad', dy.dtype, inputs, averageAttributes(node.attributes, 'VALID'));
  const cut = [whole, emit.int32s([0, top, left, 0]), emit.int32s(inputShape)];
  const isPadded = pads.some((count) => count > 0);
  emit.define(
    node.outputs[0],
    isPadded ? emit.typed('Slice', dy.dtype, cut, { Index: { type: 'int32' } }) : whole,
  );
}

function averageAttributes(window: PoolWindow, padding: 'SAME' | 'VALID') {
  return { ksize: [1, ...window.size, 1], ...windowAttributes(window, padding) };
}
