/** How the command line writes a run's state and figures. */
import { formatDuration, formatNumber, formatPercent } from '../domain/display/format';
import { TAG } from '../domain/metrics/tags';
import type { RunSummary } from '../domain/run/state';

/** The state in a few words, for example `killed (SIGKILL)`. */
export function stateText(run: RunSummary): string {
  if (run.state === 'queued') return run.queuedBehind ? `queued behind ${run.queuedBehind}` : 'queued';
  if (run.state !== 'ended') return run.state;
  return run.signal === null ? (run.endState ?? 'ended') : `${run.endState ?? 'ended'} (${run.signal})`;
}

/** The headline figure, for example `kNN 88.4 %`. */
export function headlineText({ headline }: RunSummary): string {
  return headline === null ? '' : `${headline.label} ${formatPercent(headline.value)}`;
}

/** One line of live progress, from the run's summary and the latest value of each tag. */
export function progressLine(run: RunSummary, latest: ReadonlyMap<string, number>): string {
  const { progress } = run;
  const value = (tag: string) => formatNumber(latest.get(tag) ?? Number.NaN);
  const loss = `loss ${value(TAG.loss)}${linesText(latest)}`;
  const left = progress?.secondsLeft == null ? '' : `  ${formatDuration(progress.secondsLeft)} left`;
  if (run.kind === 'command') {
    const step = progress === null ? '' : `  step ${progress.step}/${progress.steps}`;
    return `${run.id}  ${stateText(run)}${step}${latest.has(TAG.loss) ? `  ${loss}` : ''}  ${headlineText(run)}${left}`;
  }
  if (progress === null) return `${run.id}  ${stateText(run)}`;
  return (
    `${progress.stage} ${progress.epoch}/${progress.epochs}  step ${progress.step}/${progress.steps}  ` +
    `${loss}  ` +
    `${formatNumber(progress.viewsPerSecond ?? Number.NaN)} views/s  ${headlineText(run)}${left}`
  );
}

/** Floor and collapse line; some losses have only one that is known, and a user's own has none. */
function linesText(latest: ReadonlyMap<string, number>): string {
  const known = [
    ['floor', TAG.floor],
    ['collapse', TAG.collapseLine],
  ].flatMap(([name, tag]) => {
    const value = latest.get(tag ?? '');
    return value === undefined ? [] : [`${name} ${formatNumber(value)}`];
  });
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}
