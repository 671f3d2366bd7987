/**
 * Whether TensorBoard's reader finds in a run folder what ours does: same tags, same steps, same values to the bit
 * of a float32. Argument: the run folder.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';

const SCRIPT = join(import.meta.dirname, '..', 'peers', 'tensorboard_reads.py');
const MOST_OUTPUT_BYTES = 1e9;
const MOST_SHOWN = 20;
const BAR = 'differences between TensorBoard and our reader';
const NONE = { atMost: 0 };

/**
 * @typedef {[number, number][]} Points pairs (step, value)
 * @typedef {ReturnType<typeof import('../sides/reader.mjs').readSeries>} SeriesByTag
 */

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const [argument] = bench.arguments;
  if (argument === undefined) throw new Error('Name a run folder: npm run bench -- tensorboard RUN_FOLDER.');
  const folder = resolve(argument);
  if (!existsSync(peersPython())) return { results: [], bars: [barWithout(BAR, NONE, NO_PEERS)] };
  const theirs = await readByTensorBoard(folder);
  const { readSeries } = await import(pathToFileURL(await bundleSide('sides/reader.mjs')).href);
  const wrong = compare(theirs, readSeries(folder));
  for (const line of wrong.slice(0, MOST_SHOWN)) bench.log(line);
  const points = Object.values(theirs).reduce((sum, list) => sum + list.length, 0);
  return {
    results: [
      { case: 'tags', value: Object.keys(theirs).length, unit: 'tags' },
      { case: 'points', value: points, unit: 'points' },
    ],
    bars: [barOf(BAR, NONE, wrong.length)],
  };
}

/**
 * @param {string} folder
 * @returns {Promise<Record<string, Points>>} points by tag
 */
function readByTensorBoard(folder) {
  const options = { maxBuffer: MOST_OUTPUT_BYTES };
  return new Promise((done, failed) => {
    execFile(peersPython(), [SCRIPT, folder], options, (error, output, errors) => {
      if (error === null) done(parsePython(output));
      else failed(new Error(errors.trim().split('\n').at(-1) ?? error.message));
    });
  });
}

/** Python writes NaN and infinities bare, which JSON does not know. */
function parsePython(/** @type {string} */ text) {
  const known = text.replace(/(?<=[[ ])(NaN|-?Infinity)(?=[\],])/g, '"$1"');
  return JSON.parse(known, (_, value) => (/^(NaN|-?Infinity)$/.test(value) ? Number(value) : value));
}

/**
 * Sentences about what differs.
 * @param {Record<string, Points>} theirs
 * @param {SeriesByTag} ours
 */
function compare(theirs, ours) {
  const wrong = Object.entries(theirs).flatMap(([tag, points]) => differences(tag, points, ours.get(tag)));
  const missing = [...ours.keys()].filter((tag) => !(tag in theirs)).map((tag) => `${tag}: only we have it`);
  return [...wrong, ...missing];
}

/**
 * @param {string} tag
 * @param {Points} points
 * @param {ReturnType<SeriesByTag['get']>} series
 */
function differences(tag, points, series) {
  if (series === undefined) return [`${tag}: only TensorBoard has it`];
  const { steps, values } = series.columns();
  if (points.length !== series.length)
    return [`${tag}: ${points.length} points against our ${series.length}`];
  const isSame = (/** @type {number} */ value, /** @type {number} */ i) =>
    Object.is(Math.fround(value), Math.fround(values[i] ?? Number.NaN));
  return points.flatMap(([step, value], i) =>
    step === steps[i] && isSame(value, i)
      ? []
      : [`${tag} at ${step}: ${value} against our ${values[i]} at ${steps[i]}`],
  );
}
