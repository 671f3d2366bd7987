/**
 * What a graph costs, by counting: floating-point operations and bytes of each node. A multiply-add is two
 * operations; every other arithmetic operation on an element is one, a transcendental function too. Padding counts
 * as if it were data. Bytes are those of all inputs and outputs, as if nothing stayed in a cache.
 */
import { sizeOf, type Graph, type GraphNode, type Value } from './graph';
import type { DType, OpName } from './ops';

/** Cost of one node or of a whole graph. */
export interface Cost {
  /** Floating-point operations. */
  readonly flop: number;
  /** Bytes read and written. */
  readonly bytes: number;
}

/** A node with its cost. */
export interface NodeCost extends Cost {
  readonly node: GraphNode;
}

const BYTES: Readonly<Record<DType, number>> = { float32: 4, int32: 4, bool: 1, bfloat16: 2, float16: 2 };

type FlopRules = { readonly [K in OpName]: (node: GraphNode<K>) => number };

const none = (): number => 0;
const eachOutput = ({ outputs: [y] }: GraphNode): number => sizeOf(y.shape);
const eachInput = ({ inputs: [x] }: GraphNode): number => sizeOf(x.shape);

const FLOP: FlopRules = {
  Constant: none,
  Unary: eachOutput,
  Binary: eachOutput,
  Compare: eachOutput,
  Clip: eachOutput,
  Select: eachOutput,
  Cast: none,
  Reshape: none,
  Broadcast: none,
  Transpose: none,
  Tile: none,
  Concat: none,
  Slice: none,
  Pad: none,
  Reverse: none,
  Gather: none,
  OneHot: none,
  Reduce: eachInput,
  ArgReduce: eachInput,
  // Maximum, difference, exponential, sum, quotient.
  Softmax: (node) => 5 * eachOutput(node),
  MatMul: ({ inputs: [a], outputs: [y], attributes }) =>
    2 * sizeOf(y.shape) * (a.shape.at(attributes.transposeA ? -2 : -1) ?? 0),
  Conv2D: ({ inputs: [, filter], outputs: [y] }) => convolution(y, filter.shape),
  Conv2DInputGrad: ({ inputs: [dy, filter] }) => convolution(dy, filter.shape),
  Conv2DFilterGrad: ({ inputs: [, dy], attributes }) => convolution(dy, attributes.filterShape),
  MaxPool: (node) => eachOutput(node) * windowOf(node),
  MaxPoolGrad: (node) => eachInput(node) * windowOf(node),
  AvgPool: (node) => eachOutput(node) * windowOf(node),
  AvgPoolGrad: (node) => eachInput(node) * windowOf(node),
  // Mean 1; centred square and its mean 3; scale and shift 2.
  BatchNormTraining: (node) => 6 * eachInput(node),
  // Sums of dy and of dy times the centred x: 4; dx from dy and x: 5.
  BatchNormTrainingGrad: (node) => 9 * eachInput(node),
};

/** Cost of one node. */
export function costOf<K extends OpName>(node: GraphNode<K>): Cost {
  const values = node.op === 'Reshape' ? [] : [...node.inputs, ...node.outputs];
  return { flop: FLOP[node.op](node), bytes: values.reduce((sum, value) => sum + bytesOf(value), 0) };
}

/** Cost of all nodes together. */
export function totalCost(graph: Graph): Cost {
  return graph.nodes
    .map((node) => costOf(node))
    .reduce((sum, cost) => ({ flop: sum.flop + cost.flop, bytes: sum.bytes + cost.bytes }), {
      flop: 0,
      bytes: 0,
    });
}

/** The `count` nodes with most floating-point operations, and among equals those with most bytes. */
export function largestNodes(graph: Graph, count: number): readonly NodeCost[] {
  return graph.nodes
    .map((node) => ({ node, ...costOf(node) }))
    .sort((a, b) => b.flop - a.flop || b.bytes - a.bytes)
    .slice(0, count);
}

/** Bytes of a value in memory. */
export function bytesOf({ shape, dtype }: Value): number {
  return sizeOf(shape) * BYTES[dtype];
}

/** Multiply-adds of a convolution: one for each output element, filter element and input channel. */
function convolution(y: Value, filter: readonly number[]): number {
  const [height, width, channels] = filter;
  return 2 * sizeOf(y.shape) * height * width * channels;
}

function windowOf({
  attributes: { size },
}: GraphNode<'MaxPool' | 'MaxPoolGrad' | 'AvgPool' | 'AvgPoolGrad'>): number {
  return sizeOf(size);
}
