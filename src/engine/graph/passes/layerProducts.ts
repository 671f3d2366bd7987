/**
 * Tells the matrix products of a network's layers from those of its loss. A layer's products are the three that
 * its weight takes part in: forward x W, input gradient dy W^T, weight gradient x^T dy. A product of two
 * activations (the similarities z z^T and their gradient) is none of them.
 */
import { sameShape, type Graph, type GraphNode, type Value } from '../graph';

/** Operations after which a value is still the same tensor, rearranged. */
const REARRANGING = new Set(['Reshape', 'Transpose']);

/**
 * First outputs of the products that may lose precision: those of every fully connected layer but the last. The
 * last layer gives the embeddings, or the logits, and these must be float32 as the loss must.
 */
export function innerLayerProducts(graph: Graph): ReadonlySet<Value> {
  const weights = weightsOfProducts(graph);
  const isLast = (product: Value): boolean => {
    const reached = productsReached(graph, product, weights);
    return reached.every((other) => weights.get(other) === weights.get(product));
  };
  const last = new Set(
    [...firstByWeight(weights)].filter(([, first]) => isLast(first)).map(([weight]) => weight),
  );
  return new Set([...weights].filter(([, weight]) => !last.has(weight)).map(([product]) => product));
}

/** The output of each product of a layer, in execution order, with the weight that it belongs to. */
function weightsOfProducts(graph: Graph): ReadonlyMap<Value, Value> {
  const origin = origins(graph);
  const states = new Set(graph.state.map(({ value }) => value));
  const products = new Map<Value, Value>();
  const partners = new Map<Value, Value[]>();
  for (const { inputs, outputs } of graph.nodes.filter(isProduct)) {
    const [a, b] = inputs.map((input) => origin.get(input) ?? input);
    const weight = [b, a].find((value) => states.has(value));
    if (weight === undefined) {
      const candidates = [...(partners.get(a) ?? []), ...(partners.get(b) ?? [])];
      const own = candidates.find(({ shape }) => sameShape(shape, outputs[0].shape));
      if (own !== undefined) products.set(outputs[0], own);
    } else {
      const partner = weight === b ? a : b;
      partners.set(partner, [...(partners.get(partner) ?? []), weight]);
      products.set(outputs[0], weight);
    }
  }
  return products;
}

/** For each value that is another one rearranged: that other one. */
function origins(graph: Graph): ReadonlyMap<Value, Value> {
  const origin = new Map<Value, Value>();
  for (const { op, inputs, outputs } of graph.nodes) {
    if (REARRANGING.has(op)) origin.set(outputs[0], origin.get(inputs[0]) ?? inputs[0]);
  }
  return origin;
}

function isProduct(node: GraphNode): boolean {
  return node.op === 'MatMul';
}

/** The forward product comes before the gradients. */
function firstByWeight(products: ReadonlyMap<Value, Value>): ReadonlyMap<Value, Value> {
  return new Map([...products].reverse().map(([product, weight]) => [weight, product]));
}

/** Convolutions and layers' products that a value leads to, by any way that passes through none of them. */
function productsReached(graph: Graph, from: Value, layers: ReadonlyMap<Value, Value>): readonly Value[] {
  const led = new Set([from]);
  const reached: Value[] = [];
  for (const { op, inputs, outputs } of graph.nodes) {
    if (!inputs.some((input) => led.has(input))) continue;
    if (op.startsWith('Conv2D') || layers.has(outputs[0])) reached.push(outputs[0]);
    else outputs.forEach((output) => led.add(output));
  }
  return reached;
}
