/** What the status bar and the notification at a run's end say. Pure text. */
import * as l10n from '@vscode/l10n';
import { cutMiddle, formatDuration, formatRoughDuration } from '../../domain/display/format';
import { isLive, lookOf, stateInWords } from '../../domain/display/runLook';
import type { RunSummary } from '../../domain/run/state';
import { headlineInWords } from './runItem';

const NAME_CHARACTERS = 28;

/** The status-bar entry for the live runs, or null if there is none. */
export function statusText(runs: readonly RunSummary[]): string | null {
  const live = runs.filter(isLive);
  const [first] = live;
  if (!first) return null;
  const training = live.find((run) => run.state === 'running') ?? first;
  const others = live.length > 1 ? ` +${live.length - 1}` : '';
  return `$(${lookOf(training).icon}) ${cutMiddle(training.name, NAME_CHARACTERS)} ${progress(training)}${others}`;
}

/** The sentence at the end of a run. */
export function endText(run: RunSummary): string {
  const took = run.endedAt === null ? null : formatDuration((run.endedAt - run.createdAt) / 1000);
  const what = took === null ? endOf(run) : l10n.t('{0} after {1}', endOf(run), took);
  const headline = run.endState === 'completed' ? headlineInWords(run.headline) : '';
  const sentence = headline === '' ? `${what}.` : `${what}: ${headline}.`;
  return run.endState === 'completed' || run.reason === null ? sentence : `${sentence} ${run.reason}`;
}

/** Whether the end of a run needs attention. */
export function endedBadly({ endState }: RunSummary): boolean {
  return endState === 'failed' || endState === 'killed' || endState === 'crashed';
}

/** What became of a run, without a full stop. */
function endOf({ name, endState, signal }: RunSummary): string {
  switch (endState) {
    case 'completed':
      return l10n.t('{0} completed', name);
    case 'stopped':
      return l10n.t('{0} stopped', name);
    case 'failed':
      return l10n.t('{0} failed', name);
    case 'killed':
      return signal === null ? l10n.t('{0} was killed', name) : l10n.t('{0} was killed by {1}', name, signal);
    case 'crashed':
      return l10n.t('{0} crashed', name);
    case 'unknown':
    case null:
      return l10n.t('{0} ended, cause unknown', name);
  }
}

function progress(run: RunSummary): string {
  if (run.state !== 'running' || !run.progress) return stateInWords(run);
  const share = `${Math.floor(run.progress.fraction * 100)} %`;
  const left = run.progress.secondsLeft;
  return left === null ? share : l10n.t('{0}, {1} left', share, formatRoughDuration(left));
}
