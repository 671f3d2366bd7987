/** Figures of the runs and of each class, with what separates them from the baseline's and whether that can be told. */
import * as l10n from '@vscode/l10n';
import { letterOf } from '../../src/domain/diff/columns';
import { formatCount } from '../../src/domain/display/format';
import type { Delta, MetricCell, MetricRow } from '../../src/domain/diff/runDiff';
import { NOT_RECORDED } from '../../src/domain/diff/rows';
import { summaryOfClasses } from '../../src/domain/diff/words';
import { element, icon } from '../dom';
import type { DiffContext } from './context';
import { breakable, createSection, createTable, foldLine } from './section';

/** The section of the figures. */
export function metricSection(context: DiffContext): HTMLElement {
  const { rows, problems } = context.diff.metrics;
  const summary = rows.length === 0 ? NOT_RECORDED : '';
  return createSection(
    { title: l10n.t('Metrics'), summary, problems },
    foldedTable(l10n.t('Metrics'), rows, { wordsOf: otherRows, context }),
  );
}

/** The section of the classes. */
export function classSection(context: DiffContext): HTMLElement {
  const { rows, problems } = context.diff.classes;
  const isQuiet = rows.length > 0 && rows.every(({ minor }) => minor);
  const summary = isQuiet ? '' : summaryOfClasses(rows);
  return createSection(
    { title: l10n.t('Classes'), summary, problems },
    foldedTable(l10n.t('Classes'), rows, { wordsOf: quietClasses, context }),
  );
}

function otherRows(count: number): string {
  return count === 1 ? l10n.t('1 other recorded row') : l10n.t('{0} other recorded rows', formatCount(count));
}

function quietClasses(count: number): string {
  return count === 1
    ? l10n.t('1 class within noise')
    : l10n.t('{0} classes within noise', formatCount(count));
}

interface FoldOptions {
  /** What the line says that stands for so many rows. */
  readonly wordsOf: (count: number) => string;
  readonly context: DiffContext;
}

function foldedTable(
  label: string,
  rows: readonly MetricRow[],
  { wordsOf, context }: FoldOptions,
): HTMLElement[] {
  const open = rows.filter(({ minor }) => context.all || !minor);
  const folded = rows.filter((row) => !open.includes(row));
  return [
    ...(open.length === 0 ? [] : [metricTable(label, open, context)]),
    ...foldLine(wordsOf(folded.length), folded.length, () => [metricTable(label, folded, context)]),
  ];
}

function metricTable(label: string, rows: readonly MetricRow[], { diff }: DiffContext): HTMLTableElement {
  const lines = rows.map((row) => {
    const cells = row.cells.map((cell, column) => cellOf(cell, column));
    return element('tr', {}, [nameOf(row), ...cells]);
  });
  const heads = diff.columns.map((_, column) =>
    column === 0 ? letterOf(0) : l10n.t('{0}, less a, 95 % interval, runs', letterOf(column)),
  );
  return createTable(label, heads, lines);
}

function nameOf({ label, statistic, better }: MetricRow): HTMLElement {
  const remark = STATISTIC_WORDS[statistic];
  const quiet = remark === '' ? [] : [element('span', { class: 'quiet', text: ` ${remark}` })];
  return element('th', { class: 'row-name', attributes: { scope: 'row', title: explain(label, better) } }, [
    ...breakable(label),
    ...quiet,
  ]);
}

const STATISTIC_WORDS: Readonly<Record<MetricRow['statistic'], string>> = {
  final: '',
  best: l10n.t('best'),
  last: l10n.t('last'),
};

function explain(label: string, better: MetricRow['better']): string {
  if (better === null) return label;
  return better === 'higher' ? l10n.t('{0}: higher is better', label) : l10n.t('{0}: lower is better', label);
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
  const delta = element(
    'span',
    {
      class: 'number delta',
      attributes: {
        'data-verdict': isTold ? verdict : 'open',
        'aria-label': spokenDelta(text, direction),
        role: 'img',
      },
    },
    [...glyph, element('span', { text })],
  );
  if (value === 0) return [element('span', { class: 'quiet', text: l10n.t('equal') }), runs(counts)];
  return [delta, element('span', { class: 'number interval quiet', text: interval }), runs(counts)];
}

function spokenDelta(text: string, direction: Delta['direction']): string {
  if (direction === 'none') return text;
  return direction === 'better' ? l10n.t('{0}, better', text) : l10n.t('{0}, worse', text);
}

function runs(counts: string): HTMLElement {
  return element('span', {
    class: 'number counts quiet',
    text: counts,
    attributes: { title: l10n.t('runs on each side') },
  });
}
