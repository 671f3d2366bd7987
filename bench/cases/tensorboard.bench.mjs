/**
 * Whether our readers find under a folder what TensorBoard's own reader and Python's csv module do: the same tags, steps
 * and values to the bit of a float32, in every event file and CSV. Argument: the folder, of one run or of many.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';

const SCRIPT = join(import.meta.dirname, '..', 'peers', 'logs_agree.py');
const MOST_OUTPUT = { maxBuffer: 1e9 };
const MOST_SHOWN = 20;
const BAR = 'differences between TensorBoard and our readers';
const NONE = { atMost: 0 };

/** Nothing here is timed. */
export const isTimed = false;

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const [argument] = bench.arguments;
  if (argument === undefined) throw new Error('Name a folder of logs: npm run bench -- tensorboard FOLDER.');
  if (!existsSync(peersPython())) return { results: [], bars: [barWithout(BAR, NONE, NO_PEERS)] };
  const { places, points, wrong } = await compare(resolve(argument), bench.log);
  for (const line of wrong.slice(0, MOST_SHOWN)) bench.log(line);
  return {
    results: [
      { case: 'folders of event files, and CSV files', value: places, unit: 'places' },
      { case: 'points', value: points, unit: 'points' },
    ],
    bars: [barOf(BAR, NONE, wrong.length)],
  };
}

/**
 * @param {string} folder
 * @param {(line: string) => void} log
 * @returns {Promise<{ places: number, points: number, wrong: readonly string[] }>}
 */
async function compare(folder, log) {
  const base = mkdtempSync(join(tmpdir(), 'supcon-bench-logs-'));
  try {
    const ours = join(base, 'ours.json');
    const side = await bundleSide('sides/allSeries.mjs');
    const found = await promisify(execFile)(process.execPath, [side, folder], MOST_OUTPUT);
    if (found.stderr !== '') log(found.stderr.trim());
    writeFileSync(ours, found.stdout);
    const { stdout } = await promisify(execFile)(peersPython(), [SCRIPT, folder, ours], MOST_OUTPUT);
    return JSON.parse(stdout);
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}
