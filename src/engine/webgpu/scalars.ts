/**
 * Every output that is read back makes the host wait for the device once more. The many single numbers of a step
 * (loss, norms, means) therefore come back as one vector.
 */
import type { NamedValues, Values } from '../engine';
import { sizeOf, type Graph, type GraphNode, type Port, type Value } from '../graph/graph';

/** Name of the output that holds the single numbers, which no program's own name can be. */
export const SCALARS = ' scalars';

/** A program whose single float32 outputs are the elements of the output {@link SCALARS}, in the order of `names`. */
export interface PackedGraph {
  readonly graph: Graph;
  readonly names: readonly string[];
}

/** The same program with its single numbers side by side. */
export function packScalars(graph: Graph): PackedGraph {
  const packed = graph.outputs.filter(isScalar);
  if (packed.length < 2) return { graph, names: [] };
  const fresh = numbering(graph);
  const elements = packed.map(({ value }): GraphNode<'Reshape'> => {
    const output = { id: fresh(), shape: [1], dtype: value.dtype };
    return { op: 'Reshape', attributes: { shape: [1] }, inputs: [value], outputs: [output] };
  });
  const vector: Value = { id: fresh(), shape: [packed.length], dtype: 'float32' };
  const join: GraphNode<'Concat'> = {
    op: 'Concat',
    attributes: { axis: 0 },
    inputs: elements.map(({ outputs }) => outputs[0]),
    outputs: [vector],
  };
  const others = graph.outputs.filter((port) => !isScalar(port));
  return {
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...elements, join],
      outputs: [...others, { name: SCALARS, value: vector }],
    },
    names: packed.map(({ name }) => name),
  };
}

/** The outputs under their own names again. */
export function unpackScalars(outputs: NamedValues, names: readonly string[]): NamedValues {
  if (names.length === 0) return outputs;
  const { [SCALARS]: vector, ...others } = outputs;
  const element = (name: string, index: number): [string, Values] => [name, vector.slice(index, index + 1)];
  return { ...others, ...Object.fromEntries(names.map(element)) };
}

function isScalar({ value: { shape, dtype } }: Port): boolean {
  return dtype === 'float32' && sizeOf(shape) === 1;
}

/** Gives ids that no value of the graph has. */
function numbering(graph: Graph): () => number {
  const ports = [...graph.inputs, ...graph.state].map(({ value }) => value);
  const values = [...ports, ...graph.nodes.flatMap(({ outputs }) => outputs)];
  let next = values.reduce((most, { id }) => Math.max(most, id), -1) + 1;
  return () => next++;
}
