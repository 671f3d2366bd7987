/** The tables of a sweep in the terminal: its runs one by one, and its settings with their spread over seeds. */
import Table from 'cli-table3';
import { estimateText } from '../domain/display/estimate';
import type { Metric } from '../domain/run/metrics';
import { METRICS } from '../domain/run/metrics';
import type { SweepSummary } from '../domain/sweep/files';
import { estimateOver, groupBySetting } from '../domain/sweep/settings';
import type { MeasuredEntry } from './sweepResults';

type Entry = SweepSummary['entries'][number];

/** Every run of a sweep, with its state. */
export function runsTable({ entries, waiting }: SweepSummary): string {
  const table = new Table({ head: ['', 'run', 'state', 'folder'], style: { head: [], border: [] } });
  entries.forEach((entry, place) => {
    table.push([place + 1, entry.label, stateOf(entry, waiting.indexOf(place)), entry.run?.run ?? '']);
  });
  return table.toString();
}

/** One row a setting: mean and standard deviation over its seeds of every figure that any run has. */
export function settingsTable(entries: readonly MeasuredEntry[]): string {
  const shown = METRICS.filter(
    ({ name, of }) =>
      name !== 'accuracy' &&
      entries.some(({ results }) => results !== undefined && of(results) !== undefined),
  );
  const table = new Table({
    head: ['setting', 'runs', ...shown.map(({ label }) => label)],
    colAligns: ['left', ...['runs', ...shown].map(() => 'right' as const)],
    style: { head: [], border: [] },
  });
  for (const { label, runs } of groupBySetting(entries)) {
    const measured = runs.filter(({ results }) => results !== undefined).length;
    table.push([label, `${measured} of ${runs.length}`, ...shown.map((metric) => cell(metric, runs))]);
  }
  return table.toString();
}

function cell(metric: Metric, runs: readonly MeasuredEntry[]): string {
  const estimate = estimateOver(runs, ({ results }) => results && metric.of(results));
  return estimate === undefined ? '-' : estimateText(estimate, metric);
}

function stateOf({ run }: Entry, place: number): string {
  if (run === null) return place === 0 ? 'next' : 'waiting';
  if (run.endState === null) return 'running';
  return run.reason === null ? run.endState : `${run.endState}: ${run.reason}`;
}
