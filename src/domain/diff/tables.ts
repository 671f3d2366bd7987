/** A diff as plain tables, for the terminal and for Markdown: by default only what differs. */
import { formatPercent } from '../display/format';
import { letterOf, titlesOf } from './columns';
import type { CodeFileDiff, DiffRow, MetricCell, MetricRow, RunDiff } from './runDiff';
import { ROW_SECTIONS } from './runDiff';
import {
  counted,
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
  const rowTables = ROW_SECTIONS.map((name) => rowTable(name, diff, shown));
  if (!isOfRuns) return [columnsTable(diff), ...rowTables.filter(({ title }) => title === 'configuration')];
  return [
    columnsTable(diff),
    ...rowTables,
    ...codeTables(diff, shown),
    metricTable('metrics', diff, shown),
    metricTable('classes', diff, shown),
    ...sampleTables(diff, shown),
  ];
}

/** A cell as text: its remark behind it, and `same` where others in the row differ. */
export function cellText({ cells, differs }: DiffRow, column: number): string {
  const { text, note } = cells[column];
  const same = differs && column > 0 && !cells[column].differs ? ' · same' : '';
  return `${text}${same}${note === '' ? '' : ` (${note})`}`;
}

function columnsTable({ columns }: RunDiff): DiffTable {
  const titles = titlesOf(columns);
  const rows = columns.map(({ id, state, seed, replicates }, column) => [
    letterOf(column) + (column === 0 ? ' (baseline)' : ''),
    titles[column],
    id === titles[column] ? '' : id,
    [state, seed === null ? '' : `seed ${seed}`, replicates > 1 ? `${replicates} seeds` : '']
      .filter((part) => part !== '')
      .join(', '),
  ]);
  return { ...EMPTY, title: 'compared', head: ['', 'name', 'id', ''], rows };
}

function rowTable(name: (typeof ROW_SECTIONS)[number], diff: RunDiff, shown: Shown): DiffTable {
  const section = diff[name];
  // How runs went is of interest even where it is equal.
  const isWhole = shown === 'all' || name === 'outcome';
  const rows = section.rows.filter(({ differs }) => isWhole || differs);
  return {
    ...EMPTY,
    title: name,
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
    title: `code${pairName(diff, one.column)}`,
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
  return isKnown ? undefined : 'not recorded';
}

function codeLines(file: CodeFileDiff): string[] {
  const hunks = file.hunks.flatMap(({ baselineStart, ownStart, lines }) => [
    `@@ -${baselineStart} +${ownStart} @@`,
    ...lines,
  ]);
  return [`${file.path}  ${summaryOfFile(file)}`, ...hunks];
}

/** Which run a table is about, where there is more than one beside the baseline. */
function pairName({ columns }: RunDiff, column: number): string {
  return columns.length > 2 ? ` of ${letterOf(column)}` : '';
}

function metricTable(name: 'metrics' | 'classes', diff: RunDiff, shown: Shown): DiffTable {
  const section = diff[name];
  const rows = section.rows.filter(({ minor }) => shown === 'all' || !minor);
  const hidden = section.rows.length - rows.length;
  return {
    ...EMPTY,
    title: name,
    summary: name === 'classes' ? summaryOfClasses(section.rows) : metricSummary(section.rows, hidden),
    head: metricHead(diff),
    rows: rows.map(metricCells),
    notes: [...section.problems, ...rows.flatMap(metricNotes)],
  };
}

function metricSummary(rows: readonly MetricRow[], hidden: number): string {
  if (rows.length === 0) return 'not recorded';
  return hidden === 0 ? '' : `${counted(hidden, 'row')} more with --all`;
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
  const name = statistic === 'final' ? label : `${label}, ${statistic}`;
  return [name, baseline.text, ...others.flatMap(deltaCells)];
}

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
      title: `samples${pairName(diff, one.column)}`,
      summary: summaryOfSamples(one),
      head: ['sample', 'class', 'a', letterOf(one.column), ''],
      rows: samples.map((sample) => [
        sample.id === sample.baselineId ? sample.id : `${sample.baselineId}, ${sample.id}`,
        sample.label,
        `${sample.baselineAnswer} ${share(sample.baselineConfidence)}`,
        `${sample.answer} ${share(sample.confidence)}`,
        sample.change,
      ]),
      notes: [
        ...(i === 0 ? diff.samples.problems : []),
        ...(left > 0 ? [`${counted(left, 'changed sample')} more.`] : []),
      ],
    };
  });
}

const EMPTY: DiffTable = { title: '', summary: '', head: [], rows: [], code: [], notes: [] };
