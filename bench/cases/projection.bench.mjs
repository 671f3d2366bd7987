/**
 * Maps: principal components, neighbour graph and UMAP by us and by umap-learn, seeded and compiled before the clock
 * starts, each in a process of its own that takes turns; how far each map can be trusted, on the same rows. Options:
 * `fashion=FOLDER` with Fashion-MNIST, `run=FOLDER` of a run with embeddings, `rounds=N`, `rows=N` of the large mixture.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { MissingSideError, startChild } from '../protocol/child.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';

const SCRIPT = join(import.meta.dirname, '..', 'peers', 'umap_learn.py');
const ROUNDS = 3;
const SMALL_ROWS = 10_000;
const LARGE_ROWS = 60_000;
const DIMENSIONS = 128;
const OURS = 'ours';
const THEIRS = 'umap-learn';

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 * @typedef {import('../protocol/report.mjs').Bar} Bar
 * @typedef {typeof import('../sides/projectionData.mjs')} Toolbox
 * @typedef {import('../sides/projectionData.mjs').Data} Data
 * @typedef {{ ms: number, pcaMs: number, graphMs: number, memoryMb: number }} Reading
 * @typedef {{ trustworthiness: number, mapAccuracy: number | null }} Quality
 *
 * @typedef {object} Measured
 * @property {string} title
 * @property {Map<string, number>} medians milliseconds by side
 * @property {Reading} reading the last of ours
 * @property {Quality} ours
 * @property {Quality | undefined} theirs
 * @property {number} recall
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-bench-projection-'));
  try {
    const side = await bundleSide('sides/projection.mjs');
    /** @type {Toolbox} */
    const toolbox = await import(pathToFileURL(await bundleSide('sides/projectionData.mjs')).href);
    const place = { folder, side, toolbox };
    const { fashion, run: features } = bench.options;
    const mixture = (/** @type {number} */ count) =>
      toolbox.writeMixture(join(folder, `mixture-${count}`), { count, dimensions: DIMENSIONS });
    const rows = Number(bench.options['rows'] ?? LARGE_ROWS);
    const small = await measure(bench, place, { title: '10,000 x 128', data: mixture(SMALL_ROWS) });
    const large = await measure(bench, place, { title: `${rows} x 128`, data: mixture(rows) });
    const others = [];
    if (fashion !== undefined) {
      const data = await toolbox.writeFashion(join(folder, 'fashion'), fashion);
      others.push(await measure(bench, place, { title: 'Fashion-MNIST pixels', data }));
    }
    if (features !== undefined) {
      const data = await toolbox.writeFeatures(join(folder, 'features'), features);
      others.push(await measure(bench, place, { title: 'features of a run', data }));
    }
    return outcomeOf({ small, large, others });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Both sides on one set of vectors.
 * @param {Bench} bench
 * @param {{ folder: string, side: string, toolbox: Toolbox }} place
 * @param {{ title: string, data: Data }} what
 * @returns {Promise<Measured>}
 */
async function measure(bench, { folder, side: program, toolbox }, { title, data }) {
  bench.log(title);
  const { labels: _, ...task } = data;
  const files = { ours: join(folder, 'ours'), theirs: join(folder, 'theirs'), graph: join(folder, 'graph') };
  const argument = JSON.stringify({ ...task, map: files.ours, graph: files.graph });
  const ours = await startChild({ program: process.execPath, args: [program, argument] });
  const theirs = await startPeer(bench, JSON.stringify({ ...task, map: files.theirs }));
  try {
    /** @type {Reading[]} */
    const readings = [];
    /** @type {{ ours: Quality[], theirs: Quality[] }} */
    const qualities = { ours: [], theirs: [] };
    const ask = async (
      /** @type {import('../protocol/child.mjs').Child} */ child,
      /** @type {'ours' | 'theirs'} */ side,
    ) => {
      // Another seed each time: what a map is worth differs from seed to seed by more than the bar allows.
      const answer = await child.ask(String(qualities[side].length));
      const reading = /** @type {Reading} */ (/** @type {unknown} */ (answer));
      if (side === 'ours') readings.push(reading);
      qualities[side].push(toolbox.qualityOf(data, files[side]));
      return [reading.ms];
    };
    const sides = [
      { name: OURS, measure: () => ask(ours, 'ours') },
      ...(theirs === undefined ? [] : [{ name: THEIRS, measure: () => ask(theirs, 'theirs') }]),
    ];
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    return {
      title,
      medians,
      reading: /** @type {Reading} */ (readings.at(-1)),
      ours: meanOf(qualities.ours),
      theirs: theirs === undefined ? undefined : meanOf(qualities.theirs),
      recall: toolbox.recallOf(data, files.graph),
    };
  } finally {
    await ours.close();
    await theirs?.close();
  }
}

/**
 * @param {readonly Quality[]} qualities at least one
 * @returns {Quality}
 */
function meanOf(qualities) {
  const mean = (/** @type {(quality: Quality) => number} */ value) =>
    qualities.reduce((sum, quality) => sum + value(quality), 0) / qualities.length;
  const hasLabels = qualities.every(({ mapAccuracy }) => mapAccuracy !== null);
  return {
    trustworthiness: mean(({ trustworthiness }) => trustworthiness),
    mapAccuracy: hasLabels ? mean(({ mapAccuracy }) => mapAccuracy ?? Number.NaN) : null,
  };
}

/**
 * @param {Bench} bench
 * @param {string} argument
 */
async function startPeer(bench, argument) {
  try {
    return await startChild({ program: peersPython(), args: [SCRIPT, argument], whenAbsent: NO_PEERS });
  } catch (error) {
    if (!(error instanceof MissingSideError)) throw error;
    bench.log(error.message);
    return undefined;
  }
}

/**
 * @param {{ small: Measured, large: Measured, others: Measured[] }} measured
 * @returns {Outcome}
 */
function outcomeOf({ small, large, others }) {
  const seconds = (/** @type {number | undefined} */ ms) => (ms ?? Number.NaN) / 1000;
  const all = [small, large, ...others];
  return {
    results: all.flatMap(rowsOf),
    bars: [
      barOf(`principal components, ${large.title}, s`, { atMost: 1 }, seconds(large.reading.pcaMs)),
      ratioBar(large),
      barOf(`most memory, ${large.title}, MB`, { atMost: 800 }, large.reading.memoryMb),
      barOf(`UMAP, ${small.title}, s`, { atMost: 4 }, seconds(small.medians.get(OURS))),
      ...all.map(qualityBar),
    ],
  };
}

/** @param {Measured} measured */
function rowsOf({ title, medians, reading, ours, theirs, recall }) {
  const row = (/** @type {string} */ what, /** @type {number} */ value, /** @type {string} */ unit) => ({
    case: `${title}: ${what}`,
    value,
    unit,
  });
  const quality = (/** @type {string} */ name, /** @type {Quality} */ of) => [
    row(`${name}, trustworthiness`, of.trustworthiness, 'at 15'),
    ...(of.mapAccuracy === null ? [] : [row(`${name}, label accuracy on the map`, of.mapAccuracy, 'share')]),
  ];
  return [
    ...[...medians].map(([name, ms]) => row(name, ms / 1000, 's')),
    row('principal components', reading.pcaMs / 1000, 's'),
    row('neighbour graph', reading.graphMs / 1000, 's'),
    row('neighbours found', recall, 'share'),
    row('most memory', reading.memoryMb, 'MB'),
    ...quality(OURS, ours),
    ...(theirs === undefined ? [] : quality(THEIRS, theirs)),
  ];
}

/**
 * @param {Measured} large
 * @returns {Bar}
 */
function ratioBar({ title, medians }) {
  const bar = `UMAP, ${title}, of umap-learn's time`;
  const theirs = medians.get(THEIRS);
  const limit = { atMost: 0.6 };
  return theirs === undefined
    ? barWithout(bar, limit, NO_PEERS)
    : barOf(bar, limit, (medians.get(OURS) ?? Number.NaN) / theirs);
}

/**
 * @param {Measured} measured
 * @returns {Bar}
 */
function qualityBar({ title, ours, theirs }) {
  const bar = `trustworthiness at 15 that umap-learn has more, ${title}`;
  const limit = { atMost: 0.005 };
  if (theirs === undefined) return barWithout(bar, limit, NO_PEERS);
  return barOf(bar, limit, theirs.trustworthiness - ours.trustworthiness);
}
