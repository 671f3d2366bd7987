/**
 * Where images are kept channels-first, and where in blocks of channels. The graph speaks NHWC; onnxruntime's
 * convolutions speak NCHW, and its fast ones the blocked layout. Each four-dimensional value is made in one layout,
 * and converted only where somebody asks for another.
 */
import { sameShape, sizeOf, type Graph, type GraphNode, type Value } from '../graph/graph';
import type { OpName } from '../graph/ops';
import { isElementwise } from '../graph/shapes';
import { fitsQuarters, isUnitStride } from './phases';

/** `blocked`: declared [N, C, H, W], in memory [N, C / b, H, W, b], with b channels side by side. */
export type Layout = 'nhwc' | 'nchw' | 'blocked';

/**
 * A further form, which only the gradient of a stride-2 convolution has: [N, C * 4, H / 2, W / 2], the four interleaved
 * quarters of an image side by side. Sums are taken in it; everything else asks for NCHW.
 */
export type StoredLayout = Layout | 'phases';

/** The layout of each value that is not made as in the graph. */
export type LayoutPlan = ReadonlyMap<Value, Layout>;

/** Plans channels-first images, in blocks of `block` channels where one is given and fits. */
export function planLayouts(graph: Graph, block?: number): LayoutPlan {
  const plan = new Map<Value, Layout>();
  for (const node of graph.nodes) {
    for (const output of node.outputs) {
      if (output.shape.length !== 4 || !isMadeChannelsFirst(node, output, plan)) continue;
      const isBlocked = block !== undefined && isMadeBlocked(node, output, { plan, block });
      plan.set(output, isBlocked ? 'blocked' : 'nchw');
    }
  }
  return plan;
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

function isMadeChannelsFirst(node: GraphNode, output: Value, plan: LayoutPlan): boolean {
  const { op, inputs } = node;
  if (ON_IMAGES.has(op)) return true;
  if (op === 'Broadcast') return sizeOf(output.shape.slice(1, 3)) > 1 && isPerChannel(inputs[0]);
  if (FOLLOWING.has(op)) return inputs.some((input) => plan.has(input));
  const full = inputs.filter((input) => sameShape(input.shape, output.shape));
  return isElementwise(node) && full.some((input) => plan.has(input));
}

/** [N, 1, 1, C] or smaller: the gradient of a pooled image. */
function isPerChannel({ shape }: Value): boolean {
  return sizeOf(shape.slice(-3, -1)) === 1;
}

interface BlockedPlan {
  readonly plan: LayoutPlan;
  readonly block: number;
}

/** Whether a value that is made channels-first is made in blocks: its lowering can, and its input is there already. */
function isMadeBlocked(node: GraphNode, output: Value, { plan, block }: BlockedPlan): boolean {
  const isWhole = (channels: number): boolean => channels % block === 0;
  if (!isWhole(output.shape[3]) || output.dtype !== 'float32') return false;
  const isBlocked = (value: Value): boolean => plan.get(value) === 'blocked';
  if (node.op === 'Conv2D') return isWhole(node.inputs[0].shape[3]) || node.inputs[0].shape[3] < block;
  if (node.op === 'Conv2DInputGrad')
    return isWhole(node.inputs[0].shape[3]) && (isUnitStride(node) || fitsQuarters(node));
  if (node.op === 'BatchNormTraining') return isBlocked(node.inputs[0]);
  if (node.op === 'BatchNormTrainingGrad') return isBlocked(node.inputs[1]);
  if (node.op === 'Broadcast') return true;
  const areFloats = node.inputs.every(({ dtype }) => dtype === 'float32');
  return isElementwise(node) && areFloats && node.inputs.some(isBlocked);
}
