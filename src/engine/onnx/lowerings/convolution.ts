/**
 * Convolutions, with filters that change every step. Filters stay HWIO in the state and are rearranged inside the
 * graph.
 */
import type { GraphNode } from '../../graph/graph';
import type { Emitter } from '../emitter';
import type { BlockedConv } from '../nchwc';

type Conv2D = GraphNode<'Conv2D'>;

export function lowerConv2D(node: Conv2D, emit: Emitter): void {
  const [output] = node.outputs;
  if (emit.layoutOf(output) === 'blocked') emit.postpone(output, inBlocks(node, emit));
  else emit.define(output, plain(node, emit));
}

function plain({ inputs: [x, filter], attributes: { strides, pads } }: Conv2D, emit: Emitter): string {
  const weights = emit.transpose(emit.name(filter), [3, 2, 0, 1]);
  const attributes = { kernel_shape: filter.shape.slice(0, 2), pads, strides };
  return emit.node('Conv', [emit.name(x, 'nchw'), weights], attributes);
}

/** An image of fewer channels than a block is read as plain NCHW. */
function inBlocks(
  { inputs: [x, filter], attributes: { strides, pads } }: Conv2D,
  emit: Emitter,
): BlockedConv {
  const { block } = emit;
  const [height, width, from, to] = filter.shape;
  const isFirst = from < block;
  const split = isFirst
    ? [height, width, from, to / block, block]
    : [height, width, from / block, block, to / block, block];
  const order = isFirst ? [3, 2, 0, 1, 4] : [4, 2, 0, 1, 3, 5];
  const blocks = emit.transpose(emit.reshape(emit.name(filter), split), order);
  const weights = emit.reshape(blocks, [to, from, height, width]);
  const image = emit.name(x, isFirst ? 'nchw' : 'blocked');
  return { x: image, weights, size: [height, width], strides, pads };
}
