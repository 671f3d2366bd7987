/** The table of final figures that closes a run in the terminal. */
import Table from 'cli-table3';
import { formatNumber, formatPercent } from '../domain/display/format';
import type { Accuracy, Results } from '../domain/run/results';

/** One column of the table. */
export interface ResultColumn {
  readonly name: string;
  readonly results: Results;
}

const ACCURACIES = [
  ['linear probe, test', 'linearProbe'],
  ['own classifier, test', 'classifier'],
  ['kNN, test', 'knn'],
  ['nearest class mean, test', 'nearestClassMean'],
  ['raw-pixel probe, test', 'rawPixelProbe'],
  ['raw-pixel nearest class mean, test', 'rawPixelClassMean'],
  ['untrained-encoder probe, test', 'untrainedProbe'],
] as const;

/** Rows of figures, one column a run. */
export function resultsTable(columns: readonly ResultColumn[]): string {
  const table = new Table({
    head: ['', ...columns.map(({ name }) => name)],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [] },
  });
  const row = (label: string, text: (results: Results) => string) =>
    table.push([label, ...columns.map(({ results }) => text(results))]);
  row('loss, as optimised', ({ loss }) => number(loss?.final));
  row('  its floor', ({ loss }) => number(loss?.floor));
  row('  its collapse line', ({ loss }) => number(loss?.collapse));
  for (const [label, key] of ACCURACIES) row(label, (results) => percent(results[key]));
  row('expected calibration error', ({ calibration }) => number(calibration?.ece));
  row('views/s', ({ throughput }) => number(throughput?.viewsPerSecond));
  return table.toString();
}

function number(value: number | undefined): string {
  // A line without a closed form is not a number, which JSON writes as null.
  return value !== undefined && Number.isFinite(value) ? formatNumber(value) : '-';
}

function percent(figure: Accuracy | undefined): string {
  return figure === undefined ? '-' : formatPercent(figure.top1);
}
