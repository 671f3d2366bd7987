/** The passes that every graph goes through, in order. Engine-specific ones (layout, precision) come after. */
import type { Graph } from '../graph';
import { eliminateCommonSubexpressions } from './commonSubexpressions';
import { eliminateDeadCode } from './deadCode';
import { foldConstants } from './foldConstants';
import { simplify } from './simplify';

const PASSES: readonly ((graph: Graph) => Graph)[] = [
  eliminateDeadCode,
  foldConstants,
  simplify,
  foldConstants,
  simplify,
  eliminateCommonSubexpressions,
  eliminateDeadCode,
];

/** The same program with less work. */
export function optimise(graph: Graph): Graph {
  return PASSES.reduce((current, pass) => pass(current), graph);
}
