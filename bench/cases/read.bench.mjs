/**
 * Reading of event files: a million scalars in one file, and in a hundred files, by our worker's service, which checks
 * both checksums of every record, and by TensorBoard's native loader with and without its checksums; each reads in a new
 * process. Then a tail of 1,000 points, and the first and the later opening of many runs. Options: `rounds=N`, `runs=N`.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleProgram, bundleSide } from '../protocol/bundle.mjs';
import { startChild } from '../protocol/child.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { median } from '../protocol/statistics.mjs';

const ROUNDS = 5;
const MILLION = 1_000_000;
const FILES = 100;
const RUNS = 100;
const TAGS_PER_RUN = 30;
const POINTS_PER_TAG = 10_000;
const TAIL_ROUNDS = 20;
const LOADER_DEADLINE_MS = 120_000;
const OURS = 'ours, both checksums';
const CHECKED = 'TensorBoard native, checksums';
const UNCHECKED = 'TensorBoard native, without';

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const base = mkdtempSync(join(tmpdir(), 'supcon-bench-read-'));
  try {
    const side = {
      path: await bundleSide('sides/read.mjs'),
      readerPath: await bundleProgram('log-reader.js'),
    };
    const writer = await import(pathToFileURL(await bundleSide('sides/writeEvents.mjs')).href);
    const places = { base, side, server: await findServer() };
    const one = await compare(
      bench,
      places,
      writer.writeRuns(join(base, 'one'), { runs: 1, points: MILLION, tags: 1 }),
    );
    const many = await compare(
      bench,
      places,
      writer.writeRuns(join(base, 'many'), { runs: FILES, points: MILLION / FILES, tags: 1 }),
    );
    const tail = await measureTail(places, join(base, 'one', 'run-0'));
    const shape = { runs: Number(bench.options['runs'] ?? RUNS), points: POINTS_PER_TAG, tags: TAGS_PER_RUN };
    const opened = await measureOpening(bench, places, writer.writeRuns(join(base, 'opened'), shape));
    return outcomeOf({ one, many, tail, opened });
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
}

/**
 * Medians by side, in milliseconds.
 * @param {Bench} bench
 * @param {Places} places
 * @param {readonly string[]} folders
 */
function compare(bench, { base, side, server }, folders) {
  const logs = join(folders[0] ?? base, '..');
  const ours = {
    name: OURS,
    measure: async () => [(await ask(side, { folders, cacheFolder: null }, ['read']))[0]?.ms ?? NaN],
  };
  const theirs = (/** @type {string} */ name, /** @type {string} */ flag) => ({
    name,
    measure: async () => [await timeServer(server ?? '', logs, flag)],
  });
  const peers =
    server === undefined ? [] : [theirs(CHECKED, '--checksum'), theirs(UNCHECKED, '--no-checksum')];
  const rounds = Number(bench.options['rounds'] ?? ROUNDS);
  return measureRounds([ours, ...peers], { guard: bench.guard, rounds, log: bench.log });
}

/**
 * @typedef {{ path: string, readerPath: string }} Side our service's process, and the threads that it starts
 *
 * @typedef {object} Places
 * @property {string} base
 * @property {Side} side
 * @property {string | undefined} server TensorBoard's data server
 *
 * @typedef {{ ms: number, allMs: number, points: number }} Reading
 */

/**
 * Starts our side, asks it, and ends it.
 * @param {Side} side
 * @param {{ folders: readonly string[], cacheFolder: string | null }} options
 * @param {readonly string[]} lines
 * @returns {Promise<Reading[]>}
 */
async function ask({ path, readerPath }, options, lines) {
  const child = await startChild({
    program: process.execPath,
    args: [path, JSON.stringify({ ...options, readerPath, tag: 'tag/0' })],
  });
  try {
    const answers = [];
    for (const line of lines)
      answers.push(/** @type {Reading} */ (/** @type {unknown} */ (await child.ask(line))));
    return answers;
  } finally {
    await child.close();
  }
}

/**
 * What the server says of its one load cycle, in milliseconds.
 * @param {string} server
 * @param {string} logs
 * @param {string} flag
 */
async function timeServer(server, logs, flag) {
  const args = ['--logdir', logs, '--reload', 'once', '--port', '0', '--die-after-stdin', '--verbose', flag];
  const child = spawn(server, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  const gone = once(child, 'close');
  const deadline = setTimeout(() => child.kill(), LOADER_DEADLINE_MS);
  let text = '';
  for await (const piece of child.stderr) {
    text += String(piece);
    if (/Finished load cycle/.test(text)) break;
  }
  clearTimeout(deadline);
  child.kill();
  await gone;
  const [, value = 'NaN', unit = 's'] = /Finished load cycle \(([\d.]+)(ms|s)\)/.exec(text) ?? [];
  return Number(value) * (unit === 's' ? 1000 : 1);
}

/** The server that the Python package brings; undefined where there is none. */
async function findServer() {
  if (!existsSync(peersPython())) return undefined;
  const script = 'import tensorboard_data_server as t; print(t.server_binary() or "")';
  const { stdout } = await promisify(execFile)(peersPython(), ['-c', script]).catch(() => ({ stdout: '' }));
  return stdout.trim() === '' ? undefined : stdout.trim();
}

/**
 * @param {Places} places
 * @param {string} folder
 */
async function measureTail({ side }, folder) {
  const lines = ['read', ...Array.from({ length: TAIL_ROUNDS }, () => 'tail')];
  const [, ...tails] = await ask(side, { folders: [folder], cacheFolder: null }, lines);
  return median(tails.map(({ ms }) => ms));
}

/**
 * Seconds of a first opening, with an empty cache, and of a later one, each with one line of every run drawn.
 * @param {Bench} bench
 * @param {Places} places
 * @param {readonly string[]} folders
 */
async function measureOpening(bench, { base, side }, folders) {
  const cacheFolder = join(base, 'cache');
  mkdirSync(cacheFolder);
  const [first] = await ask(side, { folders, cacheFolder }, ['read', 'kept']);
  const [later] = await ask(side, { folders, cacheFolder }, ['read']);
  bench.log(
    `opened ${folders.length} runs in ${first?.ms.toFixed(0)} ms, again in ${later?.ms.toFixed(0)} ms`,
  );
  return { first: (first?.ms ?? NaN) / 1000, later: (later?.ms ?? NaN) / 1000 };
}

/**
 * @param {{ one: Map<string, number>, many: Map<string, number>, tail: number, opened: { first: number, later: number } }} measured
 * @returns {Outcome}
 */
function outcomeOf({ one, many, tail, opened }) {
  const rows = (/** @type {string} */ title, /** @type {Map<string, number>} */ medians) =>
    [...medians].map(([name, value]) => ({ case: `${title}: ${name}`, value, unit: 'ms' }));
  return {
    results: [
      ...rows('1 M scalars in one file', one),
      ...rows('100 files of 10,000', many),
      { case: 'tail of 1,000 points', value: tail, unit: 'ms' },
      { case: 'first opening', value: opened.first, unit: 's' },
      { case: 'later opening', value: opened.later, unit: 's' },
    ],
    bars: [
      ratioBar("1 M scalars in one file, of the native loader's time", one),
      ratioBar("100 files of 10,000, of the native loader's time", many),
      barOf('tail of 1,000 points, ms', { atMost: 5 }, tail),
      barOf('first opening, s', { atMost: 8 }, opened.first),
      barOf('later opening, s', { atMost: 1 }, opened.later),
    ],
  };
}

/**
 * Against the faster of the native loader's two ways.
 * @param {string} bar
 * @param {Map<string, number>} medians
 */
function ratioBar(bar, medians) {
  const theirs = [CHECKED, UNCHECKED].flatMap((name) => medians.get(name) ?? []);
  const limit = { atMost: 1 };
  if (theirs.length === 0) return barWithout(bar, limit, NO_PEERS);
  return barOf(bar, limit, (medians.get(OURS) ?? Number.NaN) / Math.min(...theirs));
}
