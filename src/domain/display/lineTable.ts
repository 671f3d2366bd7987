/** The figures of a chart as a table: one row a line, the same for eyes, screen readers, clipboard and files. */
import * as l10n from '@vscode/l10n';
import type { LineStatistics, LineWindow } from '../series/query';
import type { TableFormat } from './textTable';
import { textTable } from './textTable';

/** One line of a chart with its figures; NaN where there is none. */
export interface LineFigures {
  readonly name: string;
  readonly value: number;
  readonly smoothed: number;
  readonly min: number;
  readonly minStep: number;
  readonly max: number;
  readonly maxStep: number;
  readonly lastStep: number;
  /** Last value less the first. */
  readonly change: number;
  readonly points: number;
  readonly nonFinite: number;
}

/** What a column shows: a value in the chart's unit, a step, or a count. */
export interface FigureColumn {
  /** In files and on the clipboard, which other programs read: the same in every language. */
  readonly title: string;
  /** On the page. */
  readonly words: string;
  readonly kind: 'value' | 'count';
  readonly of: (figures: LineFigures) => number;
}

/** The columns of every table, after the name. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  { title: 'value', words: l10n.t('value'), kind: 'value', of: ({ value }) => value },
  { title: 'smoothed', words: l10n.t('smoothed'), kind: 'value', of: ({ smoothed }) => smoothed },
  { title: 'min', words: l10n.t('min'), kind: 'value', of: ({ min }) => min },
  { title: 'at step', words: l10n.t('at step'), kind: 'count', of: ({ minStep }) => minStep },
  { title: 'max', words: l10n.t('max'), kind: 'value', of: ({ max }) => max },
  { title: 'at step', words: l10n.t('at step'), kind: 'count', of: ({ maxStep }) => maxStep },
  { title: 'last step', words: l10n.t('last step'), kind: 'count', of: ({ lastStep }) => lastStep },
  { title: 'change', words: l10n.t('change'), kind: 'value', of: ({ change }) => change },
  { title: 'points', words: l10n.t('points'), kind: 'count', of: ({ points }) => points },
  { title: 'not finite', words: l10n.t('not finite'), kind: 'count', of: ({ nonFinite }) => nonFinite },
];

/** The figures of one line. */
export function figuresOf(name: string, statistics: LineStatistics, window: LineWindow): LineFigures {
  return {
    name,
    value: statistics.last,
    smoothed: window.smoothed.at(-1) ?? Number.NaN,
    min: statistics.min,
    minStep: statistics.minStep,
    max: statistics.max,
    maxStep: statistics.maxStep,
    lastStep: statistics.lastStep,
    change: statistics.last - statistics.first,
    points: statistics.points,
    nonFinite: statistics.nonFinite,
  };
}

/** The table in full precision, with a head. */
export function tableAs(format: TableFormat, rows: readonly LineFigures[]): string {
  const head = ['run', ...FIGURE_COLUMNS.map(({ title }) => title)];
  const body = rows.map((row) => [row.name, ...FIGURE_COLUMNS.map(({ of }) => plain(of(row)))]);
  return textTable(
    [head, ...body],
    head.map((_, column) => column > 0),
    format,
  );
}

/** The drawn buckets of a line. */
export interface NamedWindow {
  readonly name: string;
  readonly tag: string;
  readonly window: LineWindow;
}

/** Every bucket that a chart draws, as CSV; `perBucket` says how many recorded points a row stands for. */
export function bucketsAsCsv(axis: string, lines: readonly NamedWindow[]): string {
  const head = ['run', 'tag', axis, 'last', 'min', 'max', 'smoothed', 'not finite', 'points per row'];
  const rows = lines.flatMap(({ name, tag, window: w }) =>
    Array.from(w.x, (x, i) => {
      const figures = [w.last[i], w.min[i], w.max[i], w.smoothed[i] ?? Number.NaN].map(plain);
      return [name, tag, plain(x), ...figures, w.nonFinite[i], w.perBucket];
    }),
  );
  return textTable([head, ...rows], [], 'csv');
}

/** A number, and nothing where there is none. */
function plain(value: number): number | string {
  return Number.isNaN(value) ? '' : value;
}
