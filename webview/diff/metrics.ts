/** Figures of the runs and of each class, with what separates them from the baseline's and whether that can be told. */
import { letterOf } from '../../src/domain/diff/columns';
import type { Delta, MetricCell, MetricRow } from '../../src/domain/diff/runDiff';
import { NOT_RECORDED } from '../../src/domain/diff/rows';
import { counted, summaryOfClasses } from '../../src/domain/diff/words';
import { element, icon } from '../dom';
import type { DiffContext } from './context';
import { breakable, createSection, createTable, foldLine } from './section';

/** The section of the figures. */
export function metricSection(context: DiffContext): HTMLElement {
  const { rows, problems } = context.diff.metrics;
  const summary = rows.length === 0 ? NOT_RECORDED : '';
  return createSection(
    { title: 'Metrics', summary, problems },
    foldedTable('Metrics', rows, { what: 'other recorded row', context }),
  );
}

/** The section of the classes. */
export function classSection(context: DiffContext): HTMLElement {
  const { rows, problems } = context.diff.classes;
  const isQuiet = rows.length > 0 && rows.every(({ minor }) => minor);
  const summary = isQuiet ? '' : summaryOfClasses(rows);
  return createSection(
    { title: 'Classes', summary, problems },
    foldedTable('Classes', rows, { what: 'class within noise', many: 'classes within noise', context }),
  );
}

interface FoldOptions {
  readonly what: string;
  readonly many?: string;
  readonly context: DiffContext;
}

function foldedTable(
  label: string,
  rows: readonly MetricRow[],
  { what, many, context }: FoldOptions,
): HTMLElement[] {
  const open = rows.filter(({ minor }) => context.all || !minor);
  const folded = rows.filter((row) => !open.includes(row));
  const words = counted(folded.length, what, many);
  return [
    ...(open.length === 0 ? [] : [metricTable(label, open, context)]),
    ...foldLine(words, folded.length, () => [metricTable(label, folded, context)]),
  ];
}

function metricTable(label: string, rows: readonly MetricRow[], { diff }: DiffContext): HTMLTableElement {
  const lines = rows.map((row) => {
    const cells = row.cells.map((cell, column) => cellOf(cell, column));
    return element('tr', {}, [nameOf(row), ...cells]);
  });
  const heads = diff.columns.map((_, column) =>
    column === 0 ? letterOf(0) : `${letterOf(column)}, less a, 95 % interval, runs`,
  );
  return createTable(label, heads, lines);
}

function nameOf({ label, statistic, better }: MetricRow): HTMLElement {
  const remark = statistic === 'final' ? '' : statistic;
  const title = better === null ? label : `${label}: ${better} is better`;
  const quiet = remark === '' ? [] : [element('span', { class: 'quiet', text: ` ${remark}` })];
  return element('th', { class: 'row-name', attributes: { scope: 'row', title } }, [
    ...breakable(label),
    ...quiet,
  ]);
}

function cellOf({ text, title, value, delta, note }: MetricCell, column: number): HTMLElement {
  const attributes = title === '' ? {} : { title };
  const figure = element('span', { class: 'number figure', text, attributes });
  const kind = [column === 0 ? 'baseline' : '', value === null ? 'missing' : ''].join(' ').trim();
  const rest = delta === null ? remark(note) : deltaParts(delta);
  return element('td', { class: kind }, [element('div', { class: 'figures' }, [figure, ...rest])]);
}

function remark(note: string): HTMLElement[] {
  return note === '' ? [] : [element('span', { class: 'quiet note', text: note })];
}

/** The icon says better or worse, not up or down: of an error, less is better. What cannot be told has none. */
function deltaParts({ text, interval, counts, verdict, direction, value }: Delta): HTMLElement[] {
  const isTold = verdict === 'better' || verdict === 'worse';
  const glyph = isTold ? [icon(verdict === 'better' ? 'check' : 'close')] : [];
  const word = direction === 'none' ? '' : `, ${direction}`;
  const delta = element(
    'span',
    {
      class: 'number delta',
      attributes: { 'data-verdict': isTold ? verdict : 'open', 'aria-label': `${text}${word}`, role: 'img' },
    },
    [...glyph, element('span', { text })],
  );
  if (value === 0) return [element('span', { class: 'quiet', text: 'equal' }), runs(counts)];
  return [delta, element('span', { class: 'number interval quiet', text: interval }), runs(counts)];
}

function runs(counts: string): HTMLElement {
  return element('span', {
    class: 'number counts quiet',
    text: counts,
    attributes: { title: 'runs on each side' },
  });
}
