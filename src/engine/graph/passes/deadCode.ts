/** Dead-code elimination: drops every node on which no output and no state update depends. */
import type { Graph, Value } from '../graph';

/** The graph without unused nodes. Inputs and state stay: they are its signature. */
export function eliminateDeadCode(graph: Graph): Graph {
  const used = new Set<Value>([...graph.outputs, ...graph.stateUpdates].map((port) => port.value));
  const nodes = graph.nodes.toReversed().filter((node) => {
    const isUsed = node.outputs.some((output) => used.has(output));
    if (isUsed) node.inputs.forEach((input) => used.add(input));
    return isUsed;
  });
  return { ...graph, nodes: nodes.toReversed() };
}
