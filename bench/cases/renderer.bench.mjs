/**
 * The projector's points in Chromium without a graphics card, while a map moves to the next epoch: the time of a frame
 * in the page's own thread, until the picture is handed to the browser. Hover and lasso are asked in the same page, for
 * a view that has just changed. Options: `points=N`, `rounds=N`.
 */
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { openRendererPage } from '../sides/rendererPage.mjs';

const ROUNDS = 3;
const FRAMES = 40;
const PICTURES = 200;
const SMALL = { width: 1000, height: 700, radiusPx: 2 };
const LARGE = { width: 2000, height: 1400, radiusPx: 4 };
const SIZES = [10_000, 60_000, 200_000];
const LASSO_VERTICES = 200;
const BARS = [
  { side: 'frame, 60000 points, 1000x700, radius 2', atMost: 16 },
  { side: 'frame, 200000 points, 1000x700, radius 2', atMost: 40 },
  { side: 'hover, 60000 points', atMost: 5 },
  { side: `lasso of ${LASSO_VERTICES} vertices, 60000 points`, atMost: 30 },
];

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {import('../protocol/rounds.mjs').Side} Side
 */

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<import('../protocol/report.mjs').Outcome>}
 */
export async function run(bench) {
  const opened = await openRendererPage();
  if ('missing' in opened) {
    return {
      results: [],
      bars: BARS.map(({ side, atMost }) => barWithout(`${side}, in ms`, { atMost }, opened.missing)),
    };
  }
  try {
    /** @type {Map<string, number>} */
    const slow = new Map();
    const sides = sidesOf(opened.page, sizesOf(bench.options['points']), slow);
    for (const { measure } of sides) await measure();
    slow.clear();
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds(sides, { guard: bench.guard, rounds, log: bench.log });
    const results = [...medians].flatMap(([name, value]) => [
      { case: name, value, unit: 'ms' },
      { case: `${name}, 95th percentile`, value: slow.get(name) ?? NaN, unit: 'ms' },
    ]);
    const bars = BARS.flatMap(({ side, atMost }) => {
      const measured = medians.get(side);
      return measured === undefined ? [] : [barOf(`${side}, in ms`, { atMost }, measured)];
    });
    return { results, bars };
  } finally {
    await opened.close();
  }
}

/** @param {string | undefined} option */
function sizesOf(option) {
  return option === undefined ? SIZES : [Number(option)];
}

/**
 * @param {Page} page
 * @param {readonly number[]} sizes
 * @param {Map<string, number>} slow takes the highest 95th percentile of each side
 * @returns {Side[]}
 */
function sidesOf(page, sizes, slow) {
  const ofPoints = (/** @type {number} */ count) => [
    side(`frame, ${count} points, 1000x700, radius 2`, framesOf, { ...SMALL, count }),
    side(`frame, ${count} points, 2000x1400, radius 4`, framesOf, { ...LARGE, count }),
    side(`frame, ${count} points turned in three dimensions, 1000x700, radius 2`, framesOf, {
      ...SMALL,
      count,
      dimensions: 3,
    }),
    side(`frame, ${count} points in each of two panes, 1000x700, radius 2`, framesOf, {
      ...SMALL,
      count,
      panes: 2,
    }),
    side(`hover, ${count} points`, hoversOf, { ...SMALL, count }),
    side(`lasso of ${LASSO_VERTICES} vertices, ${count} points`, lassosOf, { ...SMALL, count }),
  ];
  return [
    ...sizes.flatMap(ofPoints),
    side(`overlay with ${PICTURES} pictures, 1000x700`, overlaysOf, { ...SMALL, count: PICTURES }),
  ];

  /**
   * @param {string} name
   * @param {(plan: any) => Promise<number[]>} inPage
   * @param {object} made
   * @returns {Side}
   */
  function side(name, inPage, made) {
    return {
      name,
      measure: async () => {
        const plan = { made, frames: FRAMES, vertices: LASSO_VERTICES };
        const times = await page.evaluate(inPage, plan);
        const sorted = [...times].sort((a, b) => a - b);
        slow.set(name, Math.max(slow.get(name) ?? 0, sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN));
        return times;
      },
    };
  }
}

// The functions below run inside the page: they may use nothing from this module.

/** @param {any} plan */
async function framesOf({ made, frames }) {
  const { createRenderer, sceneOf } = /** @type {any} */ (window).projectorParts;
  const target = document.querySelector('#map');
  if (!(target instanceof HTMLElement)) throw new Error('the page has no place for a map');
  Object.assign(target.style, { width: `${made.width}px`, height: `${made.height}px` });
  const renderer = createRenderer(target);
  if (renderer.describe().kind !== 'cpu') throw new Error('the browser has a graphics card');
  renderer.resize({ width: made.width, height: made.height, ratio: 1 });
  const scene = sceneOf(made);
  const times = [];
  for (let i = 0; i < frames; i++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const panes = scene.panes.map((/** @type {any} */ view) => ({
      ...view,
      mix: (i + 0.5) / frames,
      camera: { ...view.camera, yaw: view.camera.yaw + (made.dimensions === 3 ? i / 20 : 0) },
    }));
    const began = performance.now();
    renderer.draw({ ...scene, panes });
    times.push(performance.now() - began);
  }
  renderer.dispose();
  return times.slice(5);
}

/** @param {any} plan */
async function hoversOf({ made, frames }) {
  const { createPicker, sceneOf } = /** @type {any} */ (window).projectorParts;
  const [view] = sceneOf(made).panes;
  const picker = createPicker();
  const times = [];
  for (let i = 0; i < frames; i++) {
    const moved = { ...view, mix: i / frames };
    const began = performance.now();
    picker.nearest(moved, { x: (i * 37) % made.width, y: (i * 61) % made.height });
    times.push(performance.now() - began);
  }
  return times;
}

/** @param {any} plan */
async function lassosOf({ made, frames, vertices }) {
  const { createPicker, sceneOf, outlineOf } = /** @type {any} */ (window).projectorParts;
  const [view] = sceneOf(made).panes;
  const picker = createPicker();
  const outline = outlineOf(view.viewport, vertices);
  const times = [];
  for (let i = 0; i < frames; i++) {
    const moved = { ...view, mix: i / frames };
    const began = performance.now();
    const rows = picker.inLasso(moved, outline);
    times.push(performance.now() - began);
    if (rows.length === 0) throw new Error('the lasso is empty');
  }
  return times;
}

/** @param {any} plan */
async function overlaysOf({ made, frames }) {
  const { createOverlay, sceneOf, overlayOf, picturesOf } = /** @type {any} */ (window).projectorParts;
  const target = document.querySelector('#map');
  if (!(target instanceof HTMLElement)) throw new Error('the page has no place for a map');
  const overlay = createOverlay(target);
  overlay.resize({ width: made.width, height: made.height, ratio: 1 });
  const [view] = sceneOf(made).panes;
  const { store, asked } = picturesOf(made.count);
  const pane = overlayOf(view, store);
  overlay.draw([pane]);
  for (const page of asked) store.add(page, new Uint8Array(64 * 144).fill(200));
  const times = [];
  for (let i = 0; i < frames; i++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const began = performance.now();
    overlay.draw([pane]);
    times.push(performance.now() - began);
  }
  overlay.dispose();
  return times;
}
