/** The table of final figures that closes a run in the terminal. */
import { basename } from 'node:path';
import Table from 'cli-table3';
import { formatNumber, formatPercent } from '../domain/display/format';
import { ownClassifier } from '../domain/run/metrics';
import type { Accuracy, Evaluation, Results, Robustness } from '../domain/run/results';

/** One column of the table. */
export interface ResultColumn {
  readonly name: string;
  readonly results: Results;
}

const ACCURACIES: readonly (readonly [string, (results: Results) => Accuracy | undefined])[] = [
  ['linear probe, test', ({ linearProbe }) => linearProbe],
  ['own classifier, test', ownClassifier],
  ['kNN, test', ({ knn }) => knn],
  ['nearest class mean, test', ({ nearestClassMean }) => nearestClassMean],
  ['raw-pixel probe, test', ({ rawPixelProbe }) => rawPixelProbe],
  ['raw-pixel nearest class mean, test', ({ rawPixelClassMean }) => rawPixelClassMean],
  ['untrained-encoder probe, test', ({ untrainedProbe }) => untrainedProbe],
];

/** Rows that earlier versions did not measure, or that are measured only where asked for: absent where no run has them. */
const LATER_ROWS: readonly (readonly [string, (results: Results) => string])[] = [
  ['  after temperature scaling', ({ scaledCalibration }) => number(scaledCalibration?.ece)],
  ['  its temperature, from validation', ({ scaledCalibration }) => number(scaledCalibration?.temperature)],
  ['linear probe top-5, test', ({ linearProbe }) => share(linearProbe?.top5)],
  ['own classifier top-5, test', (results) => share(ownClassifier(results)?.top5)],
  ['own classifier, validation', ({ jointClassifierValidation }) => percent(jointClassifierValidation)],
  ['online linear probe, test', ({ onlineProbe }) => percent(onlineProbe)],
  ['retrieval P@1, test', ({ retrieval }) => share(retrieval?.precisionAt1)],
  ['retrieval R-precision, test', ({ retrieval }) => share(retrieval?.rPrecision)],
  ['retrieval MAP@R, test', ({ retrieval }) => share(retrieval?.mapAtR)],
  ['clustering NMI, test', ({ clusters }) => number(clusters?.nmi)],
  ['class collapse NC1, train', ({ collapseTrain }) => number(collapseTrain?.nc1)],
  ['class collapse NC1, test', ({ collapseTest }) => number(collapseTest?.nc1)],
  ['under corruption, test', ({ robustness }) => percent(robustness)],
];

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
  for (const [label, of] of ACCURACIES) row(label, (results) => percent(of(results)));
  row('expected calibration error', ({ calibration }) => number(calibration?.ece));
  for (const [label, text] of LATER_ROWS) {
    if (columns.some(({ results }) => text(results) !== '-')) row(label, text);
  }
  row('views/s', ({ throughput }) => number(throughput?.viewsPerSecond));
  return table.toString();
}

/** Rows of what was measured after a run. */
export function evaluationTable(run: string, evaluations: readonly Evaluation[]): string {
  const table = new Table({ head: [run, ''], colAligns: ['left', 'right'], style: { head: [], border: [] } });
  table.push(...evaluations.flatMap(evaluationRows));
  return table.toString();
}

function evaluationRows({ dataset, checkpoint, ...found }: Evaluation): [string, string][] {
  const on = dataset === 'own' ? 'test' : `test of ${basename(dataset)}`;
  const { linearProbe, jointClassifier, finetuned, robustness } = found;
  return [
    ...(linearProbe === undefined
      ? []
      : ([
          ['checkpoint', `${checkpoint.name}, step ${checkpoint.step}`],
          [`linear probe, ${on}`, percent(linearProbe)],
        ] satisfies [string, string][])),
    ...(jointClassifier === undefined
      ? []
      : [[`own classifier, ${on}`, percent(jointClassifier)] satisfies [string, string]]),
    ...(finetuned === undefined
      ? []
      : [[`fine-tuned, ${on}`, percent(finetuned)] satisfies [string, string]]),
    ...(robustness === undefined ? [] : robustnessRows(robustness, on)),
  ];
}

function robustnessRows(robustness: Robustness, on: string): [string, string][] {
  const { eceBySeverity, top1BySeverity, reference } = robustness;
  const at = (severity: number): [string, string] => [
    severity === 0 ? '  accuracy and calibration error, clean' : `  severity ${severity}`,
    `${share(top1BySeverity[severity])}, ${number(eceBySeverity[severity])}`,
  ];
  return [
    [`under corruption, ${on}`, percent(robustness)],
    ...eceBySeverity.map((_, severity) => at(severity)),
    ...(reference === undefined
      ? []
      : ([
          [`mCE against ${reference.run}`, formatPercent(reference.mce)],
          ['  relative mCE', formatPercent(reference.relativeMce)],
        ] satisfies [string, string][])),
  ];
}

function number(value: number | undefined): string {
  // A line without a closed form is not a number, which JSON writes as null.
  return value !== undefined && Number.isFinite(value) ? formatNumber(value) : '-';
}

function percent(figure: Pick<Accuracy, 'top1'> | undefined): string {
  return share(figure?.top1);
}

function share(value: number | undefined): string {
  return value === undefined ? '-' : formatPercent(value);
}
