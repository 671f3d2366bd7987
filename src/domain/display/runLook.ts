/**
 * How a run's state looks: one word, one codicon, one theme colour. Tree, dashboard, status bar and
 * notifications read the same table, so a state never has two faces.
 */
import type { EndState, RunKind, RunState, RunSummary } from '../run/state';
import { formatAge } from './format';

/** A codicon name and a theme colour id such as `charts.blue`. */
export interface Look {
  readonly word: string;
  readonly icon: string;
  readonly colour: string;
}

const STATE_LOOKS: Readonly<Record<Exclude<RunState, 'ended'>, Look>> = {
  queued: { word: 'queued', icon: 'clock', colour: 'descriptionForeground' },
  pending: { word: 'pending', icon: 'clock', colour: 'descriptionForeground' },
  starting: { word: 'starting', icon: 'play-circle', colour: 'charts.yellow' },
  running: { word: 'running', icon: 'play-circle', colour: 'charts.blue' },
  paused: { word: 'paused', icon: 'debug-pause', colour: 'charts.yellow' },
  stopping: { word: 'stopping', icon: 'stop-circle', colour: 'charts.yellow' },
  unknown: { word: 'unknown', icon: 'question', colour: 'descriptionForeground' },
};

const END_LOOKS: Readonly<Record<EndState, Look>> = {
  completed: { word: 'completed', icon: 'pass', colour: 'charts.green' },
  stopped: { word: 'stopped', icon: 'debug-stop', colour: 'descriptionForeground' },
  failed: { word: 'failed', icon: 'error', colour: 'charts.red' },
  killed: { word: 'killed', icon: 'zap', colour: 'charts.red' },
  crashed: { word: 'crashed', icon: 'warning', colour: 'charts.orange' },
  unknown: { word: 'ended, cause unknown', icon: 'question', colour: 'descriptionForeground' },
};

/** The look of a run's state. */
export function lookOf(run: Pick<RunSummary, 'state' | 'endState'>): Look {
  return run.state === 'ended' ? END_LOOKS[run.endState ?? 'unknown'] : STATE_LOOKS[run.state];
}

/** The state in words, with the signal or the place in the queue where there is one. */
export function stateInWords(run: RunSummary, now = Date.now()): string {
  const { word } = lookOf(run);
  // Of a run of others the files say when they were written, and nothing more.
  if (run.kind === 'foreign' && run.heartbeat !== null)
    return `${run.state === 'running' ? 'growing, ' : ''}last written ${formatAge(run.heartbeat, now)}`;
  if (run.endState === 'killed' && run.signal !== null) return `killed by ${run.signal}`;
  if (run.state === 'queued' && run.queuedBehind !== null && run.queuedBehind > 0) {
    return `queued behind ${run.queuedBehind} ${run.queuedBehind === 1 ? 'run' : 'runs'}`;
  }
  return word;
}

/** True while a keeper looks after the run. */
export function isLive(run: Pick<RunSummary, 'state'>): boolean {
  return run.state !== 'ended' && run.state !== 'unknown';
}

/** True while the run can be asked to stop; nobody here keeps those of others. */
export function canStop(run: Pick<RunSummary, 'state'> & { readonly kind?: RunKind }): boolean {
  return isLive(run) && run.state !== 'stopping' && run.kind !== 'foreign';
}
