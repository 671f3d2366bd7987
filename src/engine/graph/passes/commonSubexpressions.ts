/** Common-subexpression elimination: the builder records equal operations once, so rebuilding is enough. */
import type { Graph } from '../graph';
import { rebuild } from '../rebuild';

/** The graph with each distinct computation done once. */
export function eliminateCommonSubexpressions(graph: Graph): Graph {
  return rebuild(graph, () => undefined);
}
