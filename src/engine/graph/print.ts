/** A graph as text, one node a line, and what it costs, for people and for tests. */
import { formatBytes, formatNumber, formatPercent } from '../../domain/display/format';
import { bytesOf, largestNodes, totalCost, type NodeCost } from './cost';
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

/** Totals of a graph, and its `top` largest nodes, largest first. */
export function printCost(graph: Graph, top: number): string {
  const total = totalCost(graph);
  const state = graph.state.reduce((sum, { value }) => sum + bytesOf(value), 0);
  const nodes = largestNodes(graph, top);
  return [
    `${graph.nodes.length} nodes, ${formatFlop(total.flop)}, ${formatBytes(total.bytes)} read and written, ` +
      `${formatBytes(state)} of state`,
    ...(nodes.length === 0 ? [] : ['largest nodes:']),
    ...nodes.map((node) => describeCost(node, total.flop)),
  ].join('\n');
}

function describeCost({ node, flop, bytes }: NodeCost, total: number): string {
  const columns = [formatFlop(flop), formatPercent(total === 0 ? 0 : flop / total), formatBytes(bytes)];
  return `${columns.map((text) => text.padStart(12)).join('')}  ${describeNode(node)}`;
}

/** For example `1.23 GFLOP` or `812 FLOP`. */
function formatFlop(flop: number): string {
  const text = formatNumber(flop);
  return /[A-Z]$/.test(text) ? `${text}FLOP` : `${text} FLOP`;
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
