/** A run as one row of the tree, as plain data: what it says, which icon, which actions. */
import { cutMiddle, formatDuration, formatPercent, formatRoughDuration } from '../../domain/display/format';
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

/** As much of a name as a side bar of 220 px shows; a wider one has room for the description beside it. */
const LABEL_CHARACTERS = 22;
/** Lines of notes in a tooltip. */
const NOTE_LINES = 6;

/** A name as the label of a row: cut in the middle, so that stem and seed both stay readable. */
export function rowLabel(name: string): string {
  return cutMiddle(name, LABEL_CHARACTERS);
}

/** The row of a run; `figure` is shown in place of its headline, for example the one that the list is sorted by. */
export function describeRow(run: RunSummary, figure = headlineInWords(run.headline)): RunRow {
  const { icon, colour } = lookOf(run);
  const description = describe(run, figure);
  return {
    label: rowLabel(run.name),
    description,
    tooltip: tooltipLines(run).join('\n'),
    icon,
    colour,
    context: contextWords(run).join(' '),
    spoken: spokenParts(run, figure).join(', '),
  };
}

/** For example `kNN 88.4 %`; empty without a headline. */
export function headlineInWords(headline: Headline | null): string {
  return headline ? `${headline.label} ${formatPercent(headline.value)}` : '';
}

/** The star comes first, where a glance down the list finds it. */
function describe(run: RunSummary, figure: string): string {
  return [...(run.starred ? ['★'] : []), ...plainParts(run, figure)].join(' · ');
}

/** The icon says the state to those who see it; whoever listens hears it once. */
function spokenParts(run: RunSummary, figure: string): string[] {
  const state = stateInWords(run);
  const others = plainParts(run, figure).filter((part) => part !== state);
  return [run.name, state, ...(run.starred ? ['starred'] : []), ...others];
}

function plainParts(run: RunSummary, figure: string): string[] {
  const marks = [...run.tags, ...(run.archived ? ['archived'] : [])];
  return [progressOrState(run), figure, marks.join(', ')].filter((part) => part !== '');
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
  if (!isLive(run)) words.push(ITEM_CONTEXT.canDelete);
  words.push(run.starred ? ITEM_CONTEXT.starred : ITEM_CONTEXT.plain);
  words.push(run.archived ? ITEM_CONTEXT.archived : ITEM_CONTEXT.current);
  return words;
}

function tooltipLines(run: RunSummary): string[] {
  const lines = [run.name, stateInWords(run)];
  if (run.reason !== null) lines.push(run.reason);
  const left = run.progress?.secondsLeft ?? null;
  if (isLive(run) && left !== null) lines.push(`${formatRoughDuration(left)} left`);
  if (run.endedAt !== null) lines.push(`took ${formatDuration((run.endedAt - run.createdAt) / 1000)}`);
  if (run.engine) lines.push(`${run.engine.name}, ${run.engine.device}: ${run.engine.reason}`);
  if (run.tags.length > 0) lines.push(`tags: ${run.tags.join(', ')}`);
  if (run.notes !== '') lines.push(...run.notes.split('\n').slice(0, NOTE_LINES));
  lines.push(`started ${new Date(run.createdAt).toLocaleString()}`, run.folder);
  return lines;
}
