/**
 * From the trainers' writes to the screen: four runs of 20 steps a second with 30 tags each under real keepers, the
 * numbers' worker and the session of the dashboard in this process, which stands for the extension host, and the page in
 * Chromium. Measured twice: as our trainer runs, whose keeper announces the bytes, and from the files alone, as the runs
 * of others are followed. What is not in it is the editor: its own way of handing messages to a page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { bundleProgram, bundleSide } from '../protocol/bundle.mjs';
import { delaysOf } from '../protocol/delays.mjs';
import { barOf } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { percentile } from '../protocol/statistics.mjs';
import { openLivePage } from '../sides/livePage.mjs';
import { SECTION } from '../sides/liveTags.mjs';

const ROUNDS = 3;
const SETTLE_MS = 5000;
const MEASURED_MS = 20_000;
/** For what was written last to be drawn. */
const LATE_MS = 2000;
const FEWEST_CHARTS = 6;
const MOST_DELAY_MS = 250;
const FOLDER = 'live';
const TITLE = '4 live runs x 30 tags x 20 steps/s';

/**
 * @typedef {{ median: number, high: number }} Delays in milliseconds; `high` is the 95th percentile
 */

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function measureLive(bench) {
  const programs = await bundlePrograms();
  const sides = ['announced', 'silent'].flatMap((manner) => {
    const measure = pairwise(() => measureOnce(programs, { manner, log: bench.log }));
    return [
      { name: `${manner}, median`, measure: async () => [(await measure()).median] },
      { name: `${manner}, high`, measure: async () => [(await measure()).high] },
    ];
  });
  const rounds = Number(bench.options['rounds'] ?? ROUNDS);
  const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
  const of = (/** @type {string} */ name) => medians.get(name) ?? NaN;
  const rows = (/** @type {string} */ words, /** @type {string} */ manner) => [
    { case: `${TITLE}, ${words}: write to pixel, median`, value: of(`${manner}, median`), unit: 'ms' },
    { case: `${TITLE}, ${words}: write to pixel, 95th percentile`, value: of(`${manner}, high`), unit: 'ms' },
  ];
  const bar = (/** @type {string} */ words, /** @type {string} */ manner) =>
    barOf(
      `write to pixel, ${words}, 95th percentile in ms`,
      { atMost: MOST_DELAY_MS },
      of(`${manner}, high`),
    );
  return {
    results: [...rows('announced by keepers', 'announced'), ...rows('from the files alone', 'silent')],
    bars: [bar('announced by keepers', 'announced'), bar('from the files alone', 'silent')],
  };
}

/**
 * Two figures of one measurement: every second call gets what the call before it measured.
 * @template T
 * @param {() => Promise<T>} measure
 * @returns {() => Promise<T>}
 */
function pairwise(measure) {
  /** @type {T | undefined} */
  let kept;
  return async () => {
    const known = kept;
    kept = known === undefined ? await measure() : undefined;
    return known ?? /** @type {T} */ (kept);
  };
}

async function bundlePrograms() {
  const [keeperPath, workerPath, trainerPath, host] = [
    await bundleProgram('keeper.js', FOLDER),
    await bundleProgram('numbers-worker.js', FOLDER),
    await bundleSide('sides/liveTrainer.mjs'),
    await bundleSide('sides/liveRuns.mjs'),
  ];
  /** @type {typeof import('../sides/liveRuns.mjs')} */
  const { startLiveRuns } = await import(pathToFileURL(host).href);
  return { keeperPath, workerPath, trainerPath, startLiveRuns };
}

/**
 * Starts everything, lets it settle, measures, and ends it.
 * @param {Awaited<ReturnType<typeof bundlePrograms>>} programs
 * @param {{ manner: string, log: (line: string) => void }} options
 * @returns {Promise<Delays>}
 */
async function measureOnce({ startLiveRuns, ...programs }, { manner, log }) {
  const base = mkdtempSync(join(tmpdir(), 'supcon-live-'));
  process.env['LIVE_TRAINER'] = manner;
  const runs = await startLiveRuns({ base, ...programs });
  try {
    const { drawings, from } = await drawingsOf(runs);
    const charts = chartsWith(drawings, runs.folders.length);
    const delays = delaysOf(await runs.stop(), drawings, { from, to: from + MEASURED_MS });
    log(`${manner}: ${charts} charts, ${delays.length} values`);
    return { median: percentile(delays, 0.5), high: percentile(delays, 0.95) };
  } finally {
    await runs.stop();
    rmSync(base, { recursive: true, force: true });
  }
}

/**
 * What a dashboard over the runs draws, and from when on it had settled.
 * @param {import('../sides/liveRuns.mjs').LiveRuns} runs
 */
async function drawingsOf(runs) {
  const dashboard = runs.open(async (message) => (await opened).post(message));
  const opened = openLivePage({ section: SECTION, receive: dashboard.receive });
  try {
    const page = await opened;
    await sleep(SETTLE_MS);
    const from = Date.now();
    await sleep(MEASURED_MS + LATE_MS);
    return { drawings: await page.drawings(), from };
  } finally {
    dashboard.close();
    await (await opened).close();
  }
}

/**
 * How many charts showed all runs. Throws if they are too few for the figures to stand.
 * @param {readonly import('../sides/livePage.mjs').Drawing[]} drawings
 * @param {number} runs
 */
function chartsWith(drawings, runs) {
  const charts = new Set(drawings.filter(({ steps }) => steps.length === runs).map(({ chart }) => chart))
    .size;
  if (charts < FEWEST_CHARTS)
    throw new Error(`Only ${charts} charts showed all runs; ${FEWEST_CHARTS} are asked for.`);
  return charts;
}
