/**
 * The frame of every pass: walks a graph in order and builds a new one, asking a rule what to put in the place
 * of each node. A rule that has nothing to say leaves the node as it is.
 */
import { GraphBuilder } from './builder';
import type { Graph, GraphNode, Port, Value } from './graph';
import type { OpName } from './ops';

/** What a rule sees: the node with its inputs already in the new graph, and the builder of that graph. */
export type RewriteRule = (node: GraphNode, builder: GraphBuilder) => readonly Value[] | undefined;

/** Builds a new graph with each node replaced as the rule says. */
export function rebuild(graph: Graph, rule: RewriteRule): Graph {
  const builder = new GraphBuilder();
  const replaced = new Map<Value, Value>();
  const now = (value: Value): Value => replaced.get(value) ?? value;
  for (const { name, value } of graph.inputs) replaced.set(value, builder.input(name, value));
  for (const { name, value } of graph.state) replaced.set(value, builder.state(name, value));
  for (const node of graph.nodes) {
    const moved = { ...node, inputs: node.inputs.map(now) };
    const outputs = rule(moved, builder) ?? copy(moved, builder);
    node.outputs.forEach((output, index) => replaced.set(output, outputs[index]));
  }
  const move = ({ name, value }: Port): Port => ({ name, value: now(value) });
  return builder.finish(graph.outputs.map(move), graph.stateUpdates.map(move));
}

function copy<K extends OpName>(node: GraphNode<K>, builder: GraphBuilder): readonly Value[] {
  return builder.addAll(node.op, node.inputs, node.attributes);
}
