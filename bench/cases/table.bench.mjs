/**
 * The runs table in Chromium: 1,000 runs with 200 columns scrolled down, across, and both ways, a jump each frame.
 * Frames per second are those that the browser showed while it scrolled.
 */
import * as esbuild from 'esbuild';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { chromium } from 'playwright-core';
import { buildOptions, bundles } from '../../esbuild.config.mjs';
import { root } from '../../src/setup/install.mjs';
import { findChromium } from '../../src/setup/tools.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';

const RUNS = 1000;
const COLUMNS = 200;
const ROUNDS = 5;
const REQUIRED_FRAMES_PER_SECOND = 50;
const ORIGIN = 'https://page.test';
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];

/** Pixels a frame: a quick turn of the wheel. */
const WAYS = [
  { name: 'down', x: 0, y: 96 },
  { name: 'across', x: 96, y: 0 },
  { name: 'both ways', x: 96, y: 96 },
];

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const limit = { atLeast: REQUIRED_FRAMES_PER_SECOND };
  const bar = `frames/s, ${RUNS} runs x ${COLUMNS} columns`;
  const executablePath = findChromium();
  if (executablePath === undefined) {
    return { results: [], bars: [barWithout(bar, limit, 'No Chromium was found: set CHROMIUM_PATH.')] };
  }
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await openTable(browser);
    const sides = WAYS.map((way) => ({
      name: way.name,
      measure: async () => [await page.evaluate(framesPerSecond, way)],
    }));
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const first = await firstRows(page);
    for (const { measure } of sides) await measure();
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    const results = [...medians].map(([name, value]) => ({
      case: name,
      value: Math.round(value),
      unit: 'frames/s',
    }));
    results.push({ case: 'snapshot to first rows', value: Math.round(first), unit: 'ms' });
    return { results, bars: [barOf(bar, limit, Math.min(...medians.values()))] };
  } finally {
    await browser.close();
  }
}

/** @typedef {import('playwright-core').Page} Page */

/** @param {import('playwright-core').Browser} browser */
async function openTable(browser) {
  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const { tableHtml, styles } = await side();
  const files = new Map(
    styles.map((/** @type {string} */ path) => [path, readFileSync(sourceOf(path), 'utf8')]),
  );
  files.set('webview/table.js', await buildScript());
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const type = path.endsWith('.js') ? 'text/javascript' : path.endsWith('.css') ? 'text/css' : 'text/html';
    const body = path === 'index.html' ? tableHtml(ORIGIN) : files.get(path);
    await route.fulfill(body === undefined ? { status: 404, body: '' } : { body, contentType: type });
  });
  await page.addInitScript(() => {
    const nothing = () => undefined;
    const api = { postMessage: nothing, setState: nothing, getState: nothing };
    Object.assign(window, { acquireVsCodeApi: () => api });
  });
  await page.goto(`${ORIGIN}/index.html`);
  return page;
}

/**
 * Milliseconds from the arrival of the snapshot to the frame with the first rows.
 * @param {Page} page
 */
async function firstRows(page) {
  const { tableSnapshot } = await side();
  return page.evaluate(
    async (text) => {
      const message = JSON.parse(text);
      const began = performance.now();
      window.postMessage(message, '*');
      while (document.querySelector('.line') === null)
        await new Promise((next) => requestAnimationFrame(next));
      return performance.now() - began;
    },
    JSON.stringify(tableSnapshot(RUNS, COLUMNS)),
  );
}

/**
 * Runs in the page: scrolls a step each frame for two seconds, to the end and back.
 * @param {{ x: number, y: number }} way
 */
async function framesPerSecond({ x, y }) {
  const SECONDS = 2;
  const grid = document.querySelector('.grid');
  if (grid === null) throw new Error('the page has no grid');
  grid.scrollTo(0, 0);
  let [frames, sign] = [0, 1];
  /** @type {() => Promise<number>} */
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const began = await nextFrame();
  let now = began;
  while (now - began < SECONDS * 1000) {
    const before = grid.scrollLeft + grid.scrollTop;
    grid.scrollBy(sign * x, sign * y);
    if (grid.scrollLeft + grid.scrollTop === before) sign = -sign;
    now = await nextFrame();
    frames++;
  }
  return (1000 * frames) / (now - began);
}

async function side() {
  return createRequire(import.meta.url)(await bundleSide('sides/table.mjs'));
}

/** The script as it ships. */
async function buildScript() {
  const bundle = bundles.find(({ out }) => out === 'webview/table.js');
  if (bundle === undefined) throw new Error('esbuild.config.mjs has no bundle webview/table.js');
  const { outputFiles } = await esbuild.build({ ...buildOptions(bundle, 'production'), write: false });
  return outputFiles[0]?.text ?? '';
}

/** @param {string} path below dist/ */
function sourceOf(path) {
  return path.startsWith('media/')
    ? join(root, path)
    : join(root, 'node_modules/@vscode/codicons/dist', basename(path));
}
