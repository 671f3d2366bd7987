/**
 * Whether our optimisers take the steps that PyTorch's take: 50 steps with weight decay on one small problem, the
 * largest difference of any parameter at any step.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';

const SCRIPT = join(import.meta.dirname, '..', 'peers', 'torch_optimisers.py');
const MOST_OUTPUT_BYTES = 1e8;
const LIMIT = { atMost: 1e-5 };
/** @type {readonly ('eager' | 'onnx')[]} */
const ENGINES = ['eager', 'onnx'];

/** @typedef {Record<string, number[][]>} Trajectories parameters after each step, by case */

/** @returns {Promise<import('../protocol/report.mjs').Outcome>} */
export async function run() {
  const bars = ENGINES.map(
    (engine) => `largest difference between PyTorch's optimisers and ours on ${engine}`,
  );
  if (!existsSync(peersPython()))
    return { results: [], bars: bars.map((bar) => barWithout(bar, LIMIT, NO_PEERS)) };
  const theirs = await readTorch();
  const { trajectories } = await import(pathToFileURL(await bundleSide('sides/optimisers.mjs')).href);
  /** @type {import('../protocol/report.mjs').Result[][]} */
  const results = [];
  for (const engine of ENGINES) results.push(compare(theirs, await trajectories(engine), engine));
  return {
    results: results.flat(),
    bars: bars.map((bar, i) => barOf(bar, LIMIT, Math.max(...(results[i] ?? []).map(({ value }) => value)))),
  };
}

/** @returns {Promise<Trajectories>} */
function readTorch() {
  return new Promise((done, failed) => {
    execFile(peersPython(), [SCRIPT], { maxBuffer: MOST_OUTPUT_BYTES }, (error, output, errors) => {
      if (error === null) done(JSON.parse(output));
      else failed(new Error(errors.trim().split('\n').at(-1) ?? error.message));
    });
  });
}

/** Nothing here is timed. */
export const isTimed = false;

/**
 * @param {Trajectories} theirs
 * @param {Trajectories} ours
 * @param {string} engine
 */
function compare(theirs, ours, engine) {
  return Object.entries(theirs).map(([name, rows]) => {
    const own = (ours[name] ?? []).flat();
    const differences = rows.flat().map((value, i) => Math.abs(value - (own[i] ?? Number.POSITIVE_INFINITY)));
    return { case: `${name}, ${engine}`, value: Math.max(...differences), unit: 'largest difference' };
  });
}
