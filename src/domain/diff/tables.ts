/** A diff as plain tables, for the terminal and for Markdown: by default only what differs. */
import * as l10n from '@vscode/l10n';
import { formatCount, formatPercent } from '../display/format';
import { letterOf, titlesOf } from './columns';
import { NOT_RECORDED } from './rows';
import type { CodeFileDiff, DiffRow, MetricCell, MetricRow, RowSectionName, RunDiff } from './runDiff';
import { ROW_SECTIONS } from './runDiff';
import {
  changeInWords,
  summaryOfClasses,
  summaryOfCode,
  summaryOfFile,
  summaryOfRows,
  summaryOfSamples,
} from './words';

/** Only what differs, or everything. */
export type Shown = 'differences' | 'all';

/** One section. */
export interface DiffTable {
  readonly title: string;
  /** What the title says of the section as a whole. */
  readonly summary: string;
  /** Empty where there are no rows to show. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Lines of code, in the form of a unified diff. */
  readonly code: readonly string[];
  /** Sentences about what could not be read or is not shown. */
  readonly notes: readonly string[];
}

const FEW_SAMPLES = 10;

/** Every section that says something. */
export function diffTables(diff: RunDiff, shown: Shown): DiffTable[] {
  const isOfRuns = diff.columns.some(({ kind }) => kind !== 'configuration');
  if (!isOfRuns) return [columnsTable(diff), rowTable('configuration', diff, shown)];
  return [
    columnsTable(diff),
    ...ROW_SECTIONS.map((name) => rowTable(name, diff, shown)),
    ...codeTables(diff, shown),
    metricTable('metrics', diff, shown),
    metricTable('classes', diff, shown),
    ...sampleTables(diff, shown),
  ];
}

/** A cell as text: its remark behind it, and `same` where others in the row differ. */
export function cellText({ cells, differs }: DiffRow, column: number): string {
  const { text, note } = cells[column];
  const same = differs && column > 0 && !cells[column].differs ? ` · ${l10n.t('same')}` : '';
  return `${text}${same}${note === '' ? '' : ` (${note})`}`;
}

function columnsTable({ columns }: RunDiff): DiffTable {
  const titles = titlesOf(columns);
  const rows = columns.map(({ id, state, seed, replicates }, column) => [
    column === 0 ? l10n.t('{0} (baseline)', letterOf(column)) : letterOf(column),
    titles[column],
    id === titles[column] ? '' : id,
    [
      state,
      seed === null ? '' : l10n.t('seed {0}', seed),
      replicates > 1 ? l10n.t('{0} seeds', replicates) : '',
    ]
      .filter((part) => part !== '')
      .join(', '),
  ]);
  return { ...EMPTY, title: l10n.t('compared'), head: ['', l10n.t('name'), l10n.t('id'), ''], rows };
}

const ROW_TITLES: Readonly<Record<RowSectionName, string>> = {
  outcome: l10n.t('outcome'),
  configuration: l10n.t('configuration'),
  data: l10n.t('data'),
  environment: l10n.t('environment'),
  engine: l10n.t('engine'),
};

function rowTable(name: RowSectionName, diff: RunDiff, shown: Shown): DiffTable {
  const section = diff[name];
  // How runs went is of interest even where it is equal.
  const isWhole = shown === 'all' || name === 'outcome';
  const rows = section.rows.filter(({ differs }) => isWhole || differs);
  return {
    ...EMPTY,
    title: ROW_TITLES[name],
    summary: name === 'outcome' ? '' : summaryOfRows(section),
    head: headOf(diff),
    rows: rows.map((row) => [row.label, ...row.cells.map((_, column) => cellText(row, column))]),
    notes: section.problems,
  };
}

function headOf({ columns }: RunDiff): string[] {
  return ['', ...columns.map((_, column) => letterOf(column))];
}

function codeTables(diff: RunDiff, shown: Shown): DiffTable[] {
  const { diffs, rows, problems } = diff.code;
  const commits = rows.filter(({ differs }) => shown === 'all' || differs);
  return diffs.map((one, i) => ({
    ...EMPTY,
    title: hasSeveral(diff) ? l10n.t('code of {0}', letterOf(one.column)) : l10n.t('code'),
    summary: summaryWithoutCode(diff, one.column) ?? summaryOfCode(one),
    head: headOf(diff),
    rows: i > 0 ? [] : commits.map((row) => [row.label, ...row.cells.map((_, c) => cellText(row, c))]),
    code: one.files.flatMap(codeLines),
    notes: i > 0 ? [] : problems,
  }));
}

/** Code that is not recorded on one side is not equal. */
function summaryWithoutCode({ code }: RunDiff, column: number): string | undefined {
  const [commit] = code.rows.map(({ cells }) => cells);
  const isKnown = code.rows.length > 0 && commit[0].value !== null && commit[column].value !== null;
  return isKnown ? undefined : NOT_RECORDED;
}

function codeLines(file: CodeFileDiff): string[] {
  const hunks = file.hunks.flatMap(({ baselineStart, ownStart, lines }) => [
    `@@ -${baselineStart} +${ownStart} @@`,
    ...lines,
  ]);
  return [`${file.path}  ${summaryOfFile(file)}`, ...hunks];
}

/** Where there is more than one run beside the baseline, a table says which it is about. */
function hasSeveral({ columns }: RunDiff): boolean {
  return columns.length > 2;
}

function metricTable(name: 'metrics' | 'classes', diff: RunDiff, shown: Shown): DiffTable {
  const section = diff[name];
  const rows = section.rows.filter(({ minor }) => shown === 'all' || !minor);
  const hidden = section.rows.length - rows.length;
  return {
    ...EMPTY,
    title: name === 'classes' ? l10n.t('classes') : l10n.t('metrics'),
    summary: name === 'classes' ? summaryOfClasses(section.rows) : metricSummary(section.rows, hidden),
    head: metricHead(diff),
    rows: rows.map(metricCells),
    notes: [...section.problems, ...rows.flatMap(metricNotes)],
  };
}

function metricSummary(rows: readonly MetricRow[], hidden: number): string {
  if (rows.length === 0) return NOT_RECORDED;
  if (hidden === 0) return '';
  return hidden === 1
    ? l10n.t('1 row more with --all')
    : l10n.t('{0} rows more with --all', formatCount(hidden));
}

function metricHead({ columns }: RunDiff): string[] {
  const others = columns.slice(1).flatMap((_, i) => {
    const letter = letterOf(i + 1);
    return [letter, `${letter} − a`, '95 %', 'n'];
  });
  return ['', 'a', ...others];
}

function metricCells({ label, statistic, cells }: MetricRow): string[] {
  const [baseline, ...others] = cells;
  return [STATISTIC_NAMES[statistic](label), baseline.text, ...others.flatMap(deltaCells)];
}

const STATISTIC_NAMES: Readonly<Record<MetricRow['statistic'], (label: string) => string>> = {
  final: (label) => label,
  best: (label) => l10n.t('{0}, best', label),
  last: (label) => l10n.t('{0}, last', label),
};

function deltaCells({ text, delta, note }: MetricCell): string[] {
  if (delta === null) return [text, note === '' ? '' : '*', '', ''];
  return [text, delta.text, delta.interval, delta.counts];
}

function metricNotes({ label, statistic, cells }: MetricRow): string[] {
  const notes = new Set(cells.map(({ note }) => note).filter((note) => note !== ''));
  // Best and last of one tag have one reason.
  return statistic === 'last' ? [...notes].map((note) => `* ${label}: ${note}.`) : [];
}

function sampleTables(diff: RunDiff, shown: Shown): DiffTable[] {
  return diff.samples.diffs.map((one, i) => {
    const samples = one.shown.slice(0, shown === 'all' ? one.shown.length : FEW_SAMPLES);
    const share = (value: number) => formatPercent(value);
    const changed = Object.values(one.counts).reduce((sum, count) => sum + count, 0);
    const left = changed - samples.length;
    return {
      ...EMPTY,
      title: hasSeveral(diff) ? l10n.t('samples of {0}', letterOf(one.column)) : l10n.t('samples'),
      summary: summaryOfSamples(one),
      head: [l10n.t('sample'), l10n.t('class'), 'a', letterOf(one.column), ''],
      rows: samples.map((sample) => [
        sample.id === sample.baselineId ? sample.id : `${sample.baselineId}, ${sample.id}`,
        sample.label,
        `${sample.baselineAnswer} ${share(sample.baselineConfidence)}`,
        `${sample.answer} ${share(sample.confidence)}`,
        changeInWords(sample.change),
      ]),
      notes: [...(i === 0 ? diff.samples.problems : []), ...(left > 0 ? [samplesLeft(left)] : [])],
    };
  });
}

function samplesLeft(count: number): string {
  return count === 1
    ? l10n.t('1 changed sample more.')
    : l10n.t('{0} changed samples more.', formatCount(count));
}

const EMPTY: DiffTable = { title: '', summary: '', head: [], rows: [], code: [], notes: [] };
