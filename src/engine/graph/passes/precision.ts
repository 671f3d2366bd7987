/**
 * Mixed precision: convolutions and the products of layers work in a half type, everything else in float32.
 * Weights are stored in float32 and cast where they are used; batch statistics, embeddings, loss, gradients of
 * weights and the optimiser never see a half value.
 *
 * bfloat16 has the range of float32 and needs no more. float16 has not: gradients below 6e-8 vanish. The usual
 * remedy, scaling the loss (arXiv 1710.03740), is one factor for all layers that has to be found by trial. Here all
 * that lies between two products is float32, so each gradient can be scaled for itself, by its own largest
 * magnitude just before it is cast, and back just after: no factor to tune, no overflow, no step to skip.
 */
import type { GraphBuilder } from '../builder';
import type { Graph, GraphNode, Value } from '../graph';
import type { HalfType, OpName } from '../ops';
import { rebuild } from '../rebuild';
import { eliminateDeadCode } from './deadCode';
import { innerLayerProducts } from './layerProducts';

/** Inputs that may hold a gradient, by operation. Scaling is exact algebra: each operation is linear in each input. */
const SCALED_INPUTS: { readonly [K in OpName]?: readonly number[] } = {
  Conv2D: [],
  Conv2DInputGrad: [0],
  Conv2DFilterGrad: [1],
  MatMul: [0, 1],
};

/** Keeps the division by the largest magnitude away from zero. */
const SMALLEST_SCALE = 1e-30;

/**
 * The graph with convolutions, their gradients, and the products of all fully connected layers but the last in
 * `type`, between casts. A value is cast once however often it is used, and never to float32 and back.
 */
export function reducePrecision(graph: Graph, type: HalfType): Graph {
  const products = innerLayerProducts(graph);
  const halves = new Map<Value, Value>();
  const reduced = rebuild(graph, (node, builder) => {
    const isReduced = node.op === 'MatMul' ? products.has(node.outputs[0]) : node.op in SCALED_INPUTS;
    return isReduced ? [inHalf(node, builder, { type, halves })] : undefined;
  });
  return eliminateDeadCode(reduced);
}

interface Reduction {
  readonly type: HalfType;
  /** Half values by the float32 values that they were cast to. */
  readonly halves: Map<Value, Value>;
}

function inHalf<K extends OpName>(node: GraphNode<K>, builder: GraphBuilder, reduction: Reduction): Value {
  const { type, halves } = reduction;
  const scaled: readonly number[] = type === 'float16' ? (SCALED_INPUTS[node.op] ?? []) : [];
  const scales = scaled.map((index) => largestMagnitude(node.inputs[index], builder));
  const inputs = node.inputs.map((input, index) => {
    const scale = scales[scaled.indexOf(index)] as Value | undefined;
    const small = scale === undefined ? input : builder.add('Binary', [input, scale], { fn: 'div' });
    return halves.get(small) ?? builder.add('Cast', [small], { dtype: type });
  });
  const half = builder.add(node.op, inputs, node.attributes);
  const whole = builder.add('Cast', [half], { dtype: 'float32' });
  halves.set(whole, half);
  return scales.reduce((product, scale) => builder.add('Binary', [product, scale], { fn: 'mul' }), whole);
}

/** max |x|, a scalar above zero. */
function largestMagnitude(x: Value, builder: GraphBuilder): Value {
  const axes = x.shape.map((_, axis) => axis);
  const magnitude = builder.add('Unary', [x], { fn: 'abs' });
  const largest = builder.add('Reduce', [magnitude], { fn: 'max', axes, keepDims: false });
  const smallest = builder.constant(SMALLEST_SCALE, [], 'float32');
  return builder.add('Binary', [largest, smallest], { fn: 'maximum' });
}
