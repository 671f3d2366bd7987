/**
 * Where images are kept channels-first. The graph speaks NHWC; onnxruntime's convolutions speak NCHW. Each
 * four-dimensional value is made in one layout, and converted only where somebody asks for the other.
 */
import { sameShape, sizeOf, type Graph, type GraphNode, type Value } from '../graph/graph';
import type { OpName } from '../graph/ops';
import { isElementwise } from '../graph/shapes';

export type Layout = 'nhwc' | 'nchw';

/**
 * A third form, which only the gradient of a stride-2 convolution has: [N, C * 4, H / 2, W / 2], the four interleaved
 * quarters of an image side by side. Sums are taken in it; everything else asks for NCHW.
 */
export type StoredLayout = Layout | 'phases';

/** The values that are made channels-first; all others are as in the graph. */
export function planLayouts(graph: Graph): ReadonlySet<Value> {
  const channelsFirst = new Set<Value>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      if (output.shape.length === 4 && isMadeChannelsFirst(node, output, channelsFirst))
        channelsFirst.add(output);
    }
  }
  return channelsFirst;
}

/** Axes of NCHW by their position in NHWC. */
export const NCHW_AXIS = [0, 2, 3, 1] as const;
/** Permutation that turns NHWC into NCHW. */
export const TO_NCHW = [0, 3, 1, 2] as const;
/** Permutation that turns NCHW into NHWC. */
export const TO_NHWC = [0, 2, 3, 1] as const;

/** A list with one entry for each axis of NHWC, in the order of NCHW. */
export function toChannelsFirst<T>(entries: readonly T[]): T[] {
  return TO_NCHW.map((axis) => entries[axis]);
}

/** Operations that onnxruntime runs on NCHW only, or best. */
const ON_IMAGES: ReadonlySet<OpName> = new Set([
  'Conv2D',
  'Conv2DInputGrad',
  'MaxPool',
  'MaxPoolGrad',
  'AvgPool',
  'AvgPoolGrad',
  'BatchNormTraining',
  'BatchNormTrainingGrad',
]);

/** Operations that follow their inputs, with axes renamed. */
const FOLLOWING: ReadonlySet<OpName> = new Set(['Concat', 'Slice', 'Pad']);

function isMadeChannelsFirst(node: GraphNode, output: Value, channelsFirst: ReadonlySet<Value>): boolean {
  const { op, inputs } = node;
  if (ON_IMAGES.has(op)) return true;
  if (op === 'Broadcast') return sizeOf(output.shape.slice(1, 3)) > 1 && isPerChannel(inputs[0]);
  if (FOLLOWING.has(op)) return inputs.some((input) => channelsFirst.has(input));
  const full = inputs.filter((input) => sameShape(input.shape, output.shape));
  return isElementwise(node) && full.some((input) => channelsFirst.has(input));
}

/** [N, 1, 1, C] or smaller: the gradient of a pooled image. */
function isPerChannel({ shape }: Value): boolean {
  return sizeOf(shape.slice(-3, -1)) === 1;
}
