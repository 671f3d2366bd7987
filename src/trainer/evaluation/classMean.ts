/** The nearest class mean of a feature table, by Euclidean distance: what raw pixels give for nothing. */
import { argMax } from '../../domain/metrics/accuracy';
import type { FeatureTable } from './featureTable';

/** Share of the test rows, 0 to 1, whose nearest mean of the train rows is that of their own class. */
export function tableClassMeanAccuracy(train: FeatureTable, test: FeatureTable, classes: number): number {
  const means = classMeans(train, classes);
  const row = new Float32Array(test.width);
  let right = 0;
  for (let i = 0; i < test.labels.length; i++) {
    test.copyRow(i, row, 0);
    const closeness = means.map((mean) => (mean === undefined ? -Infinity : -squaredDistance(mean, row)));
    if (argMax(closeness, 0, classes) === test.labels[i]) right++;
  }
  return right / test.labels.length;
}

/** Undefined for a class without rows. */
function classMeans(table: FeatureTable, classes: number): (Float64Array | undefined)[] {
  const sums = Array.from({ length: classes }, () => new Float64Array(table.width));
  const counts = new Int32Array(classes);
  const row = new Float32Array(table.width);
  table.labels.forEach((label, i) => {
    table.copyRow(i, row, 0);
    for (let k = 0; k < row.length; k++) sums[label][k] += row[k];
    counts[label]++;
  });
  return sums.map((sum, label) =>
    counts[label] === 0 ? undefined : sum.map((value) => value / counts[label]),
  );
}

function squaredDistance(mean: Float64Array, row: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < row.length; k++) sum += (mean[k] - row[k]) * (mean[k] - row[k]);
  return sum;
}
