/** A graph as text, one node a line, for people and for tests. */
import type { Graph, GraphNode, Port, Value } from './graph';

/** One line a port and a node, in order. */
export function printGraph(graph: Graph): string {
  return [
    ...graph.inputs.map((port) => `input ${describePort(port)}`),
    ...graph.state.map((port) => `state ${describePort(port)}`),
    ...graph.nodes.map(describeNode),
    ...graph.outputs.map((port) => `output ${port.name} = %${port.value.id}`),
    ...graph.stateUpdates.map((port) => `update ${port.name} = %${port.value.id}`),
  ].join('\n');
}

function describePort({ name, value }: Port): string {
  return `${name} = ${describeValue(value)}`;
}

function describeNode(node: GraphNode): string {
  const outputs = node.outputs.map(describeValue).join(', ');
  const inputs = node.inputs.map((input) => `%${input.id}`).join(', ');
  return `${outputs} = ${node.op}(${inputs}) ${JSON.stringify(node.attributes, abbreviated)}`;
}

function describeValue({ id, shape, dtype }: Value): string {
  return `%${id} ${dtype}[${shape.join(', ')}]`;
}

function abbreviated(_key: string, value: unknown): unknown {
  return ArrayBuffer.isView(value) ? `${value.byteLength} bytes` : value;
}
