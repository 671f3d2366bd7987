/**
 * The environment that keeper and trainer inherit. What the editor set for itself would change how Node
 * starts or tie the run to one window; everything that the user set (CUDA, OMP, paths) passes.
 */

const DROPPED_PREFIXES = ['VSCODE_', 'ELECTRON_', 'NODE_CHANNEL_'];
const DROPPED = new Set(['NODE_OPTIONS', 'NODE_INSPECT_RESUME_ON_START', 'NODE_UNIQUE_ID']);
/** Makes the editor's own binary behave as Node, so the child needs it too. */
const KEPT = new Set(['ELECTRON_RUN_AS_NODE']);

/** A copy of an environment without the editor's own variables. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => KEPT.has(name) || !isDropped(name)),
  );
}

function isDropped(name: string): boolean {
  return DROPPED.has(name) || DROPPED_PREFIXES.some((prefix) => name.startsWith(prefix));
}
