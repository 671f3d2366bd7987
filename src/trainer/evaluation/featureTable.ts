/**
 * A table of features that a linear classifier can be trained on: encoder outputs kept in memory, or raw
 * pixels or features converted row by row. Rows are scaled so that gradient descent meets the same curvature on all.
 */
import { randomStream } from '../../domain/random/stream';
import { holdsFeatures, type FeatureSet, type SampleSet } from '../../formats/datasets/imageSet';

export interface FeatureTable {
  readonly labels: Int32Array;
  readonly width: number;
  /** Writes row `index` to `into` from `offset` on. */
  copyRow(index: number, into: Float32Array, offset: number): void;
}

/** A table over row-major features [labels.length, width]. */
export function denseTable(features: Float32Array, labels: Int32Array): FeatureTable {
  const width = features.length / labels.length;
  return {
    labels,
    width,
    copyRow: (index, into, offset) => into.set(features.subarray(index * width, (index + 1) * width), offset),
  };
}

/** A table over row-major bytes, of which `rows` are used; values go from 0 to 1. */
export function pixelTable(pixels: Uint8Array, allLabels: Int32Array, rows: Int32Array): FeatureTable {
  const width = pixels.length / allLabels.length;
  return {
    labels: rows.map((row) => allLabels[row]),
    width,
    copyRow(index, into, offset) {
      const start = rows[index] * width;
      for (let k = 0; k < width; k++) into[offset + k] = pixels[start + k] / 255;
    },
  };
}

/** The rows of a set as they came in: pixels from 0 to 1, or features. */
export function inputTable(set: SampleSet, rows: Int32Array): FeatureTable {
  return holdsFeatures(set) ? rowTable(set, rows) : pixelTable(set.images, set.labels, rows);
}

function rowTable({ values, labels, channels }: FeatureSet, rows: Int32Array): FeatureTable {
  return {
    labels: rows.map((row) => labels[row]),
    width: channels,
    copyRow(index, into, offset) {
      into.set(values.subarray(rows[index] * channels, (rows[index] + 1) * channels), offset);
    },
  };
}

/** Shift by a mean and division by one number, the same for every table of an encoder. */
export interface Scaling {
  readonly mean: Float32Array;
  readonly factor: number;
}

/** Rows that the scaling is estimated from. */
const SAMPLE_ROWS = 4000;
const POWER_ITERATIONS = 20;

/** Scaling to zero mean and a covariance whose largest eigenvalue is 1, by power iteration on a sample. */
export function fitScaling(table: FeatureTable): Scaling {
  const rows = sampleRows(table);
  const { width } = table;
  const count = rows.length / width;
  const mean = new Float32Array(width);
  for (let i = 0; i < rows.length; i++) mean[i % width] += rows[i] / count;
  for (let i = 0; i < rows.length; i++) rows[i] -= mean[i % width];
  return { mean, factor: 1 / Math.sqrt(Math.max(largestEigenvalue(rows, width), 1e-12)) };
}

/** The same table with its rows scaled. */
export function scaled(table: FeatureTable, { mean, factor }: Scaling): FeatureTable {
  return {
    ...table,
    copyRow(index, into, offset) {
      table.copyRow(index, into, offset);
      for (let k = 0; k < mean.length; k++) into[offset + k] = (into[offset + k] - mean[k]) * factor;
    },
  };
}

function sampleRows(table: FeatureTable): Float32Array {
  const total = table.labels.length;
  const count = Math.min(total, SAMPLE_ROWS);
  const rows = new Float32Array(count * table.width);
  for (let i = 0; i < count; i++) table.copyRow(Math.floor((i * total) / count), rows, i * table.width);
  return rows;
}

/** Largest eigenvalue of X'X / n for centred rows X. */
function largestEigenvalue(rows: Float32Array, width: number): number {
  const stream = randomStream(width);
  let direction: Float64Array = new Float64Array(width).map(() => stream.normal());
  let eigenvalue = 0;
  for (let i = 0; i < POWER_ITERATIONS; i++) {
    const length = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0));
    direction = multiply(
      rows,
      direction.map((x) => x / length),
      width,
    );
    eigenvalue = Math.sqrt(direction.reduce((sum, x) => sum + x * x, 0));
    if (eigenvalue === 0) return 0;
  }
  return eigenvalue;
}

/** X'(X v) / n. */
function multiply(rows: Float32Array, vector: Float64Array, width: number): Float64Array {
  const result = new Float64Array(width);
  const count = rows.length / width;
  for (let start = 0; start < rows.length; start += width) {
    let dot = 0;
    for (let k = 0; k < width; k++) dot += rows[start + k] * vector[k];
    for (let k = 0; k < width; k++) result[k] += (rows[start + k] * dot) / count;
  }
  return result;
}
