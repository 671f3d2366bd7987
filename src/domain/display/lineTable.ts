/** The figures of a chart as a table: one row a line, the same for eyes, screen readers, clipboard and files. */
import { stringify } from 'csv-stringify/browser/esm/sync';
import { markdownTable } from 'markdown-table';
import type { LineStatistics, LineWindow } from '../series/query';

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
  readonly title: string;
  readonly kind: 'value' | 'count';
  readonly of: (figures: LineFigures) => number;
}

/** The columns of every table, after the name. */
export const FIGURE_COLUMNS: readonly FigureColumn[] = [
  { title: 'value', kind: 'value', of: ({ value }) => value },
  { title: 'smoothed', kind: 'value', of: ({ smoothed }) => smoothed },
  { title: 'min', kind: 'value', of: ({ min }) => min },
  { title: 'at step', kind: 'count', of: ({ minStep }) => minStep },
  { title: 'max', kind: 'value', of: ({ max }) => max },
  { title: 'at step', kind: 'count', of: ({ maxStep }) => maxStep },
  { title: 'last step', kind: 'count', of: ({ lastStep }) => lastStep },
  { title: 'change', kind: 'value', of: ({ change }) => change },
  { title: 'points', kind: 'count', of: ({ points }) => points },
  { title: 'not finite', kind: 'count', of: ({ nonFinite }) => nonFinite },
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

/** What a table can be copied as. */
export const TABLE_FORMATS = ['text', 'csv', 'markdown'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

/** The table in full precision; text has tabs, which sheets take as cells. */
export function tableAs(format: TableFormat, rows: readonly LineFigures[]): string {
  const head = ['run', ...FIGURE_COLUMNS.map(({ title }) => title)];
  const body = rows.map((row) => [row.name, ...FIGURE_COLUMNS.map(({ of }) => plain(of(row)))]);
  switch (format) {
    case 'text':
      return stringify([head, ...body], { delimiter: '\t' });
    case 'csv':
      return stringify([head, ...body]);
    case 'markdown':
      return markdownTable(
        [head, ...body].map((row) => row.map(escapePipes)),
        { align: ['l', ...head.slice(1).map(() => 'r')] },
      );
  }
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
      return [name, tag, plain(x), ...figures, String(w.nonFinite[i]), String(w.perBucket)];
    }),
  );
  return stringify([head, ...rows]);
}

/** A number that reads back as it was; empty for none. */
function plain(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

function escapePipes(text: string): string {
  return text.replaceAll('|', '\\|');
}
