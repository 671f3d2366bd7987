/** What the status bar and the notification at a run's end say. Pure text. */
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
  const took = run.endedAt === null ? '' : ` after ${formatDuration((run.endedAt - run.createdAt) / 1000)}`;
  const headline = headlineInWords(run.headline);
  const figure = headline === '' ? '' : `: ${headline}`;
  if (run.endState === 'completed') return `${run.name} completed${took}${figure}.`;
  const reason = run.reason === null ? '' : ` ${run.reason}`;
  return `${run.name} ${verb(run)}${took}.${reason}`;
}

/** Whether the end of a run needs attention. */
export function endedBadly({ endState }: RunSummary): boolean {
  return endState === 'failed' || endState === 'killed' || endState === 'crashed';
}

function verb(run: RunSummary): string {
  return run.endState === 'killed' ? `was ${stateInWords(run)}` : stateInWords(run);
}

function progress(run: RunSummary): string {
  if (run.state !== 'running' || !run.progress) return stateInWords(run);
  const share = `${Math.floor(run.progress.fraction * 100)} %`;
  const left = run.progress.secondsLeft;
  return left === null ? share : `${share}, ${formatRoughDuration(left)} left`;
}
