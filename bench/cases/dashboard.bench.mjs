/**
 * The dashboard's page with a hundred runs of ten thousand points in one chart: from a turn of the wheel to the next
 * drawn frame, from the wheel to the values of the part in view, and the memory of the page while an hour's worth of
 * points comes in; then live runs, from the trainers' writes to the screen (live.mjs). Options: `part=page` or
 * `part=live`, `runs=N` and `points=N` of the page, `rounds=N`.
 */
import { barOf } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { slope } from '../protocol/statistics.mjs';
import { openDashboard } from '../sides/dashboardPage.mjs';
import { measureLive } from './live.mjs';

const ROUNDS = 3;
const MOST_ZOOM_MS = 50;
/** Twenty steps a second for an hour, in a few hundred deliveries. */
const HOUR_POINTS = 72_000;
const DELIVERIES = 240;
const DELIVERIES_A_LOOK = 10;
/** Bytes of heap that a delivery may leave behind: less is noise of the collector. */
const FLAT_BYTES = 4096;

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const outcomes = [];
  const part = bench.options['part'] ?? '';
  if ('page'.includes(part)) outcomes.push(await measurePage(bench));
  if ('live'.includes(part)) outcomes.push(await measureLive(bench));
  return {
    results: outcomes.flatMap(({ results }) => results),
    bars: outcomes.flatMap(({ bars }) => bars),
  };
}

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
async function measurePage(bench) {
  const runs = Number(bench.options['runs'] ?? 100);
  const points = Number(bench.options['points'] ?? 10_000);
  const { page, close } = await openDashboard();
  try {
    await page.evaluate(openScenario, { runs, points });
    const zoom = (/** @type {'frame' | 'values'} */ name) => ({
      name,
      measure: async () => [await page.evaluate(zoomed, name)],
    });
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds([zoom('frame'), zoom('values')], {
      guard: bench.guard,
      rounds,
      log: bench.log,
    });
    const [frame, values] = [medians.get('frame') ?? NaN, medians.get('values') ?? NaN];
    await page.evaluate(openScenario, { runs: 4, points: 2000 });
    const growth = await heapsOver(page, { points: HOUR_POINTS / DELIVERIES, deliveries: DELIVERIES });
    const leaked = slope(growth.map((bytes, i) => /** @type {const} */ ([i * DELIVERIES_A_LOOK, bytes])));
    const title = `${runs} runs x ${points} points`;
    return {
      results: [
        { case: `${title}: wheel to drawn frame, 95th percentile`, value: frame, unit: 'ms' },
        {
          case: `${title}: wheel to the values in view, without the host's time, 95th percentile`,
          value: values,
          unit: 'ms',
        },
        { case: 'an hour of points: heap left by a delivery', value: leaked, unit: 'bytes' },
      ],
      bars: [
        barOf('zoom, 95th percentile in ms', { atMost: MOST_ZOOM_MS }, frame),
        barOf('heap left by a delivery in bytes', { atMost: FLAT_BYTES }, leaked),
      ],
    };
  } finally {
    await close();
  }
}

/**
 * The heap of the page after every few deliveries, each time after a collection; the first are for warming up.
 * @param {import('playwright-core').Page} page
 * @param {{ points: number, deliveries: number }} plan
 * @returns {Promise<number[]>} bytes
 */
async function heapsOver(page, { points, deliveries }) {
  const session = await page.context().newCDPSession(page);
  const heaps = [];
  for (let done = 0; done < deliveries; done += DELIVERIES_A_LOOK) {
    await page.evaluate(grow, { points, deliveries: DELIVERIES_A_LOOK });
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    heaps.push(usedSize);
  }
  return heaps.slice(heaps.length / 4);
}

// The functions below run inside the page: they may use nothing from this module.

/** @param {{ runs: number, points: number }} size */
async function openScenario({ runs, points }) {
  const host = /** @type {any} */ (window).stubHost;
  host.open({ tags: ['loss/headroom'], runs, points });
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isDrawn = () => /points drawn/.test(document.querySelector('.card-footnote')?.textContent ?? '');
  for (let i = 0; i < 3600 && !isDrawn(); i++) await frame();
  for (let i = 0; i < 20; i++) await frame();
}

/**
 * Turns the wheel in and out, and gives the 95th percentile of the milliseconds.
 * @param {'frame' | 'values'} until
 * @returns {Promise<number>}
 */
async function zoomed(until) {
  const host = /** @type {any} */ (window).stubHost;
  const stage = document.querySelector('.card [role=slider]');
  if (!stage) throw new Error('there is no chart');
  const { left, top } = stage.getBoundingClientRect();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const task = () => new Promise((resolve) => setTimeout(resolve, 0));
  const times = [];
  for (let i = 0; i < 60; i++) {
    const asked = host.answered;
    const began = performance.now();
    const deltaY = i % 10 < 8 ? -120 : 480;
    stage.dispatchEvent(
      new WheelEvent('wheel', {
        deltaY,
        ctrlKey: true,
        clientX: left + 150 + ((i * 37) % 200),
        clientY: top + 90,
        bubbles: true,
        cancelable: true,
      }),
    );
    await frame();
    await task();
    if (until === 'values') {
      for (let wait = 0; wait < 200 && host.answered === asked; wait++) await task();
      await frame();
      await task();
    }
    times.push(performance.now() - began - (until === 'values' ? host.computeMs : 0));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(0.95 * (times.length - 1))] ?? NaN;
}

/**
 * Lets the runs go on.
 * @param {{ points: number, deliveries: number }} plan
 */
async function grow({ points, deliveries }) {
  const host = /** @type {any} */ (window).stubHost;
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  for (let i = 0; i < deliveries; i++) {
    host.grow(points);
    for (let n = 0; n < 3; n++) await frame();
    host.forget();
  }
}
