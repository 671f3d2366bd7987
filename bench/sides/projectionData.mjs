/** Vectors for the benchmark of maps, as files of float32, and what it measures of maps outside the clock. */
import { readFileSync, writeFileSync } from 'node:fs';
import { randomStream } from '../../src/domain/random/stream';
import { readIdxFolder } from '../../src/formats/datasets/idxFolder';
import { openEmbeddings } from '../../src/formats/embeddings/open';
import { nearestToRow } from '../../src/projection/neighbours/nearest';
import { principalComponents, scoresOf } from '../../src/projection/pca';
import { mapQuality } from '../../src/projection/quality';
import { UNWATCHED } from '../../src/projection/types';

const CLASSES = 10;
const SHARED_DIRECTIONS = 4;
const OWN_DIRECTIONS = 2;
const FASHION_DIMENSIONS = 50;
const RECALL_ROWS = 300;

/**
 * @typedef {{ file: string, count: number, dimensions: number, metric: 'cosine' | 'euclidean', labels: Int32Array | null }} Data
 */

/**
 * Ten classes of unit vectors: a mean, two directions of each class's own, four that all share and that carry most of
 * the variance, and noise in all directions.
 * @param {string} file
 * @param {{ count: number, dimensions: number }} shape
 * @returns {Data}
 */
export function writeMixture(file, { count, dimensions }) {
  const random = randomStream(1, dimensions);
  const direction = () => unit(Float64Array.from({ length: dimensions }, () => random.normal()));
  const directions = (/** @type {number} */ many) => Array.from({ length: many }, direction);
  const shared = directions(SHARED_DIRECTIONS);
  const classes = Array.from({ length: CLASSES }, () => ({
    mean: direction(),
    own: directions(OWN_DIRECTIONS),
  }));
  const values = new Float32Array(count * dimensions);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    const { mean, own } = /** @type {(typeof classes)[number]} */ (classes[row % CLASSES]);
    const sum = mean.map((value) => 0.8 * value + 0.05 * random.normal());
    for (const along of shared) add(sum, along, 0.7 * random.normal());
    for (const along of own) add(sum, along, 0.4 * random.normal());
    values.set(unit(sum), row * dimensions);
    labels[row] = row % CLASSES;
  }
  writeFileSync(file, values);
  return { file, count, dimensions, metric: 'cosine', labels };
}

/**
 * The pixels of Fashion-MNIST's training images, reduced to their 50 principal components.
 * @param {string} file
 * @param {string} folder with the files of the data set
 * @returns {Promise<Data>}
 */
export async function writeFashion(file, folder) {
  const { images, labels } = (await readIdxFolder(folder)).train;
  const count = labels.length;
  const pixels = { values: Float32Array.from(images), count, dimensions: images.length / count };
  const components = principalComponents(pixels, FASHION_DIMENSIONS, UNWATCHED);
  writeFileSync(file, scoresOf(pixels, components, UNWATCHED));
  return {
    file,
    count,
    dimensions: FASHION_DIMENSIONS,
    metric: 'euclidean',
    labels: Int32Array.from(labels),
  };
}

/**
 * The encoder's features of a run at its last epoch.
 * @param {string} file
 * @param {string} run
 * @returns {Promise<Data>}
 */
export async function writeFeatures(file, run) {
  const { tables } = await openEmbeddings(run);
  const table = tables.find(({ name }) => name === 'features') ?? tables[0];
  const last = table?.epochs.at(-1);
  if (last === undefined) throw new Error(`${run} holds no embeddings.`);
  const { values, count, dimensions } = await last.load();
  writeFileSync(file, values);
  return { file, count, dimensions, metric: 'cosine', labels: null };
}

/**
 * Trustworthiness of a map, and the label accuracy on it, on the same 600 rows for every map of the same vectors.
 * @param {Data} data
 * @param {string} map file of [count, 2]
 */
export function qualityOf(data, map) {
  const positions = { values: floatsOf(map), count: data.count, dimensions: /** @type {const} */ (2) };
  const options = { k: 15, rows: 600, seed: 0, metric: data.metric, labels: data.labels };
  return mapQuality(vectorsOf(data), positions, options, UNWATCHED);
}

/**
 * Share of the true neighbours of 300 rows that a graph has.
 * @param {Data} data
 * @param {string} graph file of int32 [count, k]
 */
export function recallOf(data, graph) {
  const bytes = readFileSync(graph);
  const indices = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const k = indices.length / data.count;
  const vectors = vectorsOf(data);
  let hits = 0;
  for (let i = 0; i < RECALL_ROWS; i++) {
    const row = Math.floor((i * data.count) / RECALL_ROWS);
    const found = new Set(indices.subarray(row * k, (row + 1) * k));
    for (const other of nearestToRow(vectors, row, { k, metric: data.metric }).rows)
      if (found.has(other)) hits++;
  }
  return hits / (RECALL_ROWS * k);
}

/** @param {Data} data */
function vectorsOf({ file, count, dimensions }) {
  return { values: floatsOf(file), count, dimensions };
}

/** @param {string} file */
function floatsOf(file) {
  const bytes = readFileSync(file);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** @param {Float64Array} vector */
function unit(vector) {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

/**
 * @param {Float64Array} sum
 * @param {Float64Array} along
 * @param {number} weight
 */
function add(sum, along, weight) {
  for (let k = 0; k < sum.length; k++) sum[k] = (sum[k] ?? 0) + weight * (along[k] ?? 0);
}
