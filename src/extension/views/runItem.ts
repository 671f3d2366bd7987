/** A run as one row of the tree, as plain data: what it says, which icon, which actions. */
import { formatDuration, formatPercent, formatRoughDuration } from '../../domain/display/format';
import { canStop, isLive, lookOf, stateInWords } from '../../domain/display/runLook';
import type { Headline, RunSummary } from '../../domain/run/state';
import { ITEM_CONTEXT } from '../constants';

/** A row of the tree. */
export interface RunRow {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** A codicon and the id of its theme colour. */
  readonly icon: string;
  readonly colour: string;
  /** Words that when-clauses look for. */
  readonly context: string;
  readonly spoken: string;
}

/** The row of a run. */
export function describeRow(run: RunSummary): RunRow {
  const { icon, colour } = lookOf(run);
  const description = describe(run);
  return {
    label: run.name,
    description,
    tooltip: tooltipLines(run).join('\n'),
    icon,
    colour,
    context: contextWords(run).join(' '),
    spoken: `${run.name}, ${stateInWords(run)}${description === '' ? '' : `, ${description}`}`,
  };
}

/** For example `kNN 88.4 %`; empty without a headline. */
export function headlineInWords(headline: Headline | null): string {
  return headline ? `${headline.label} ${formatPercent(headline.value)}` : '';
}

function describe(run: RunSummary): string {
  return [progressOrState(run), headlineInWords(run.headline)].filter((part) => part !== '').join(' · ');
}

/** A running run says how far it is; a completed one nothing, as its icon does; the rest say what became of them. */
function progressOrState(run: RunSummary): string {
  if (run.state === 'running' && run.progress) return `${Math.floor(run.progress.fraction * 100)} %`;
  return run.endState === 'completed' ? '' : stateInWords(run);
}

function contextWords(run: RunSummary): string[] {
  const words: string[] = [ITEM_CONTEXT.run];
  if (canStop(run)) words.push(ITEM_CONTEXT.canStop);
  if (run.resumable && !isLive(run)) words.push(ITEM_CONTEXT.canResume);
  return words;
}

function tooltipLines(run: RunSummary): string[] {
  const lines = [run.name, stateInWords(run)];
  if (run.reason !== null) lines.push(run.reason);
  const left = run.progress?.secondsLeft ?? null;
  if (isLive(run) && left !== null) lines.push(`${formatRoughDuration(left)} left`);
  if (run.endedAt !== null) lines.push(`took ${formatDuration((run.endedAt - run.createdAt) / 1000)}`);
  if (run.engine) lines.push(`${run.engine.name}, ${run.engine.device}: ${run.engine.reason}`);
  lines.push(`started ${new Date(run.createdAt).toLocaleString()}`, run.folder);
  return lines;
}
