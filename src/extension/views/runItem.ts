/** A run as one row of the tree, as plain data: what it says, which icon, which actions. */
import * as l10n from '@vscode/l10n';
import { cutMiddle, formatDuration, formatPercent, formatRoughDuration } from '../../domain/display/format';
import { canStop, isLive, lookOf, stateInWords } from '../../domain/display/runLook';
import type { NamedFigure } from '../../domain/run/list/sorting';
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

/**
 * What a side bar of its usual 300 px shows of a row; the name leaves room for the figure, which is what rows are compared
 * by. One of 220 px shows about 21, so there only names of up to 15 characters leave it whole.
 */
const ROW_CHARACTERS = 30;
const LEAST_LABEL_CHARACTERS = 16;
/** Lines of notes in a tooltip. */
const NOTE_LINES = 6;

/**
 * A name as the label of a row beside a figure such as `88.4 %`: cut in the middle, so that stem and seed both stay
 * readable, and as short as the figure needs it.
 */
export function rowLabel(name: string, figure: string): string {
  const room = ROW_CHARACTERS - Array.from(figure).length;
  return cutMiddle(name, Math.max(LEAST_LABEL_CHARACTERS, room));
}

/** The row of a run; `figure` is shown in place of its headline, for example the one that the list is sorted by. */
export function describeRow(run: RunSummary, figure = figureOf(run.headline)): RunRow {
  const { icon, colour } = lookOf(run);
  return {
    label: rowLabel(run.name, starred(run, figure?.value ?? '')),
    description: describe(run, figure),
    tooltip: tooltipLines(run).join('\n'),
    icon,
    colour,
    context: contextWords(run).join(' '),
    spoken: spokenParts(run, figure).join(', '),
  };
}

/** For example `kNN 88.4 %`; empty without a headline. */
export function headlineInWords(headline: Headline | null): string {
  const figure = figureOf(headline);
  return figure === undefined ? '' : `${figure.label} ${figure.value}`;
}

function figureOf(headline: Headline | null): NamedFigure | undefined {
  return headline ? { label: headline.label, value: formatPercent(headline.value) } : undefined;
}

/**
 * What is cut last comes first: the star, where a glance down the list finds it, then the figure, its value before its
 * name, because the name is the same in every row.
 */
function describe(run: RunSummary, figure: NamedFigure | undefined): string {
  const words = figure === undefined ? '' : `${figure.value} ${figure.label}`;
  return starred(run, [words, progressOrState(run), marksOf(run)].filter((part) => part !== '').join(' · '));
}

function starred(run: RunSummary, text: string): string {
  return run.starred ? `★ ${text}`.trimEnd() : text;
}

/** The icon says the state to those who see it; whoever listens hears it once. */
function spokenParts(run: RunSummary, figure: NamedFigure | undefined): string[] {
  const state = stateInWords(run);
  const words = figure === undefined ? '' : `${figure.label} ${figure.value}`;
  const others = [progressOrState(run), words, marksOf(run)].filter((part) => part !== '' && part !== state);
  return [run.name, state, ...(run.starred ? [l10n.t('starred')] : []), ...others];
}

function marksOf({ tags, archived }: RunSummary): string {
  return [...tags, ...(archived ? [l10n.t('archived')] : [])].join(', ');
}

/** A running run says how far it is; a completed one nothing, as its icon does; the rest say what became of them. */
function progressOrState(run: RunSummary): string {
  if (run.state === 'running' && run.progress)
    return l10n.t('at {0} %', Math.floor(run.progress.fraction * 100));
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
  if (isLive(run) && left !== null) lines.push(l10n.t('{0} left', formatRoughDuration(left)));
  if (run.endedAt !== null)
    lines.push(l10n.t('took {0}', formatDuration((run.endedAt - run.createdAt) / 1000)));
  if (run.engine) lines.push(`${run.engine.name}, ${run.engine.device}: ${run.engine.reason}`);
  if (run.tags.length > 0) lines.push(l10n.t('tags: {0}', run.tags.join(', ')));
  if (run.notes !== '') lines.push(...run.notes.split('\n').slice(0, NOTE_LINES));
  lines.push(l10n.t('started {0}', new Date(run.createdAt).toLocaleString()), run.folder);
  return lines;
}
