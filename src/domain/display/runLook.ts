/**
 * How a run's state looks: one word, one codicon, one theme colour. Tree, dashboard, status bar and
 * notifications read the same table, so a state never has two faces.
 */
import * as l10n from '@vscode/l10n';
import type { EndState, RunKind, RunState, RunSummary } from '../run/state';
import { formatAge } from './format';

/** A codicon name and a theme colour id such as `charts.blue`. */
export interface Look {
  readonly word: string;
  readonly icon: string;
  readonly colour: string;
}

const STATE_LOOKS: Readonly<Record<Exclude<RunState, 'ended'>, Look>> = {
  queued: { word: l10n.t('queued'), icon: 'clock', colour: 'descriptionForeground' },
  pending: { word: l10n.t('pending'), icon: 'clock', colour: 'descriptionForeground' },
  starting: { word: l10n.t('starting'), icon: 'play-circle', colour: 'charts.yellow' },
  running: { word: l10n.t('running'), icon: 'play-circle', colour: 'charts.blue' },
  paused: { word: l10n.t('paused'), icon: 'debug-pause', colour: 'charts.yellow' },
  stopping: { word: l10n.t('stopping'), icon: 'stop-circle', colour: 'charts.yellow' },
  unknown: { word: l10n.t('unknown'), icon: 'question', colour: 'descriptionForeground' },
};

const END_LOOKS: Readonly<Record<EndState, Look>> = {
  completed: { word: l10n.t('completed'), icon: 'pass', colour: 'charts.green' },
  stopped: { word: l10n.t('stopped'), icon: 'debug-stop', colour: 'descriptionForeground' },
  failed: { word: l10n.t('failed'), icon: 'error', colour: 'charts.red' },
  killed: { word: l10n.t('killed'), icon: 'zap', colour: 'charts.red' },
  crashed: { word: l10n.t('crashed'), icon: 'warning', colour: 'charts.orange' },
  unknown: { word: l10n.t('ended, cause unknown'), icon: 'question', colour: 'descriptionForeground' },
};

/** The look of a run's state. */
export function lookOf(run: Pick<RunSummary, 'state' | 'endState'>): Look {
  return run.state === 'ended' ? END_LOOKS[run.endState ?? 'unknown'] : STATE_LOOKS[run.state];
}

/** The word of a state or an end state by its name; a name that is neither stands for itself. */
export function stateWord(name: string): string {
  const looks: Readonly<Record<string, Look | undefined>> = { ...END_LOOKS, ...STATE_LOOKS };
  return looks[name]?.word ?? name;
}

/** The state in words, with the signal or the place in the queue where there is one. */
export function stateInWords(run: RunSummary, now = Date.now()): string {
  const { word } = lookOf(run);
  // Of a run of others the files say when they were written, and nothing more.
  if (run.kind === 'foreign' && run.heartbeat !== null)
    return writtenInWords(run.state, formatAge(run.heartbeat, now));
  if (run.endState === 'killed' && run.signal !== null) return l10n.t('killed by {0}', run.signal);
  if (run.state === 'queued' && run.queuedBehind !== null && run.queuedBehind > 0) {
    return run.queuedBehind === 1
      ? l10n.t('queued behind 1 run')
      : l10n.t('queued behind {0} runs', run.queuedBehind);
  }
  return word;
}

function writtenInWords(state: RunState, age: string): string {
  return state === 'running' ? l10n.t('growing, last written {0}', age) : l10n.t('last written {0}', age);
}

/** True while a keeper looks after the run. */
export function isLive(run: Pick<RunSummary, 'state'>): boolean {
  return run.state !== 'ended' && run.state !== 'unknown';
}

/** True while the run can be asked to stop; nobody here keeps those of others. */
export function canStop(run: Pick<RunSummary, 'state'> & { readonly kind?: RunKind }): boolean {
  return isLive(run) && run.state !== 'stopping' && run.kind !== 'foreign';
}
