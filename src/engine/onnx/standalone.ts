/**
 * A model that leaves us: a graph without state as standard ONNX, for a batch of any size, under the names that its
 * inputs and outputs have in the graph, its weights as initialisers in the layout that operators take.
 */
import type { Graph } from '../graph/graph';
import { MICROSOFT } from './emitter';
import { encodeModel, type OnnxInitializer, type OnnxModel, type OnnxNode, type OnnxPort } from './proto';
import { inputName, modelOf, outputName } from './writeModel';

/**
 * The batch size to trace with: as the first dimension of a shape it stands for any. A prime, so that no other
 * dimension has it by chance.
 */
export const ANY_BATCH = 7919;
/** What a batch's dimension is called. */
const BATCH_NAME = 'batch';

/**
 * The bytes of the model of a graph that was traced with {@link ANY_BATCH} images and has no state.
 * Throws where the size of the batch is more than a first dimension.
 */
export function writeStandaloneModel(graph: Graph, metadata: Readonly<Record<string, string>>): Uint8Array {
  const model = [foldRearrangements, useStandardProducts, freeBatch].reduce(
    (current, pass) => pass(current),
    modelOf(graph),
  );
  return encodeModel({ ...withPlainNames(model, graph), metadata });
}

/** Reshaped and transposed initialisers become initialisers. */
function foldRearrangements(model: OnnxModel): OnnxModel {
  const known = new Map(model.initializers.map((tensor) => [tensor.name, tensor]));
  const nodes = model.nodes.filter((node) => {
    const folded = rearranged(node, known);
    if (folded !== undefined) known.set(folded.name, folded);
    return folded === undefined;
  });
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return { ...model, nodes, initializers: [...known.values()].filter(({ name }) => used.has(name)) };
}

function rearranged(
  { type, inputs, outputs: [name], attributes }: OnnxNode,
  known: ReadonlyMap<string, OnnxInitializer>,
): OnnxInitializer | undefined {
  const [x, shape] = inputs.map((input) => known.get(input));
  if (x === undefined) return undefined;
  if (type === 'Reshape' && shape !== undefined) return { ...x, name, shape: numbersOf(shape) };
  const order = attributes['perm'];
  return type === 'Transpose' && Array.isArray(order)
    ? { ...transposed(x, order as number[]), name }
    : undefined;
}

function transposed(tensor: OnnxInitializer, order: readonly number[]): OnnxInitializer {
  const { shape, data } = tensor;
  const width = data.length / sizeOf(shape);
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const [sizes, steps] = [order.map((axis) => shape[axis]), order.map((axis) => strides[axis])];
  const result = new Uint8Array(data.length);
  const index = sizes.map(() => 0);
  for (let to = 0, from = 0; to < data.length; to += width) {
    result.set(data.subarray(from * width, (from + 1) * width), to);
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++index[axis] < sizes[axis]) break;
      from -= steps[axis] * sizes[axis];
      index[axis] = 0;
    }
  }
  return { ...tensor, shape: sizes, data: result };
}

/** onnxruntime's own product does no more than the standard one where nothing is transposed. */
function useStandardProducts(model: OnnxModel): OnnxModel {
  const nodes = model.nodes.map((node) =>
    node.type === 'FusedMatMul' && Object.values(node.attributes).every((flag) => flag === 0)
      ? { ...node, type: 'MatMul', domain: '', attributes: {} }
      : node,
  );
  const needsMicrosoft = nodes.some(({ domain }) => domain === MICROSOFT);
  const { [MICROSOFT]: own, ...standard } = model.operatorSets;
  return { ...model, nodes, operatorSets: needsMicrosoft ? { ...standard, [MICROSOFT]: own } : standard };
}

/** Reshapes infer the size of the batch, and inputs and outputs give it a name. */
function freeBatch(model: OnnxModel): OnnxModel {
  const shapes = new Set(
    model.nodes.filter(({ type }) => type === 'Reshape').map(({ inputs: [, shape] }) => shape),
  );
  const initializers = model.initializers.map((tensor) =>
    shapes.has(tensor.name) ? withFirstInferred(tensor) : tensor,
  );
  const free = (port: OnnxPort): OnnxPort => ({
    ...port,
    shape: port.shape.map((size, axis) => (axis === 0 && size === ANY_BATCH ? BATCH_NAME : size)),
  });
  const isFixed = (tensor: OnnxInitializer): boolean =>
    tensor.shape.includes(ANY_BATCH) || (tensor.type === 'int64' && numbersOf(tensor).includes(ANY_BATCH));
  if (initializers.some(isFixed)) throw new Error('The model depends on the size of the batch');
  return { ...model, initializers, inputs: model.inputs.map(free), outputs: model.outputs.map(free) };
}

function withFirstInferred(tensor: OnnxInitializer): OnnxInitializer {
  const sizes = numbersOf(tensor);
  if (sizes[0] !== ANY_BATCH) return tensor;
  const inferred = BigInt64Array.from([-1, ...sizes.slice(1)], BigInt);
  return { ...tensor, data: new Uint8Array(inferred.buffer) };
}

function withPlainNames(model: OnnxModel, { inputs, outputs }: Graph): OnnxModel {
  const plain = new Map([
    ...inputs.map(({ name }) => [inputName(name), name] as const),
    ...outputs.map(({ name }) => [outputName(name), name] as const),
  ]);
  const named = (name: string): string => plain.get(name) ?? name;
  const port = (old: OnnxPort): OnnxPort => ({ ...old, name: named(old.name) });
  const node = (old: OnnxNode): OnnxNode => ({
    ...old,
    inputs: old.inputs.map(named),
    outputs: old.outputs.map(named),
  });
  return {
    ...model,
    nodes: model.nodes.map(node),
    inputs: model.inputs.map(port),
    outputs: model.outputs.map(port),
  };
}

/** The elements of an int64 tensor. */
function numbersOf({ data }: OnnxInitializer): number[] {
  return Array.from(new BigInt64Array(Uint8Array.from(data).buffer), Number);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
