/** Convolutions of NHWC images with HWIO filters, which are TensorFlow's own layouts. */
import type { GraphNode, Value } from '../../graph/graph';
import type { Window } from '../../graph/ops';
import type { Emitter } from '../savedModel/emitter';
import { isSampling, prefersProducts, productOfSamples, productsOfTaps } from './filterGradient';
import { explicitAttribute, paddingOf, windowAttributes } from './window';

export function lowerConv2D(node: GraphNode<'Conv2D'>, emit: Emitter): void {
  const [x, filter] = node.inputs;
  const attributes = convolution(node.attributes, x.shape, filter.shape);
  emit.define(node.outputs[0], emit.typed('Conv2D', x.dtype, [emit.name(x), emit.name(filter)], attributes));
}

export function lowerConv2DInputGrad(node: GraphNode<'Conv2DInputGrad'>, emit: Emitter): void {
  const [dy, filter] = node.inputs;
  const { inputShape } = node.attributes;
  const inputs = [emit.int32s(inputShape), emit.name(filter), emit.name(dy)];
  lowerGradient(node, { op: 'Conv2DBackpropInput', inputs, image: inputShape, filter: filter.shape }, emit);
}

export function lowerConv2DFilterGrad(node: GraphNode<'Conv2DFilterGrad'>, emit: Emitter): void {
  const [x, dy] = node.inputs;
  const { filterShape } = node.attributes;
  if (isSampling(node, emit)) {
    emit.define(node.outputs[0], productOfSamples(node, emit));
    return;
  }
  if (prefersProducts(node, emit)) {
    emit.define(node.outputs[0], productsOfTaps(node, emit));
    return;
  }
  const inputs = [emit.name(x), emit.int32s(filterShape), emit.name(dy)];
  lowerGradient(node, { op: 'Conv2DBackpropFilter', inputs, image: x.shape, filter: filterShape }, emit);
}

interface Gradient {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly image: Value['shape'];
  readonly filter: Value['shape'];
}

function lowerGradient(
  node: GraphNode<'Conv2DInputGrad' | 'Conv2DFilterGrad'>,
  { op, inputs, image, filter }: Gradient,
  emit: Emitter,
): void {
  const [result] = node.outputs;
  emit.define(result, emit.typed(op, result.dtype, inputs, convolution(node.attributes, image, filter)));
}

function convolution(window: Window, image: Value['shape'], filter: Value['shape']) {
  const padding = paddingOf(window, { input: image, size: [filter[0], filter[1]] });
  return { ...windowAttributes(window, padding), ...explicitAttribute(window, padding) };
}
