/**
 * A data set of your own: here, discs and rings drawn from the seed.
 *
 *   "dataset": { "kind": "./own-data.mjs", "path": "folder/of/yours" }
 *
 * The function that you export is called with `path` (absolute, empty where the configuration has none) and the run's
 * `seed`. It returns, or promises, {classNames, train, test}; each part has `images` [count, height, width, channels],
 * 0 to 255, and `labels` [count]; or, for samples with several labels or soft ones, `labelWeights` [count, classes], 0 to
 * 1, in their place. Parts of Node such as node:fs may be imported, packages may not.
 */
const SIDE = 16;
const CLASS_NAMES = ['disc', 'ring', 'square'];

export default function readData({ seed }) {
  const random = generator(seed);
  return { classNames: CLASS_NAMES, train: part(600, random), test: part(150, random) };
}

function part(count, random) {
  const images = new Uint8Array(count * SIDE * SIDE);
  const labels = Int32Array.from({ length: count }, (_, i) => i % CLASS_NAMES.length);
  labels.forEach((label, i) => draw(images.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE), label, random));
  return { height: SIDE, width: SIDE, channels: 1, images, labels };
}

function draw(pixels, label, random) {
  const radius = 3 + 4 * random();
  const [row, column] = [random, random].map((next) => 4 + next() * (SIDE - 8));
  for (let i = 0; i < pixels.length; i++) {
    const [down, across] = [Math.floor(i / SIDE) - row, (i % SIDE) - column];
    const round = Math.hypot(down, across);
    const inside = [
      round < radius,
      round < radius && round > radius - 2,
      Math.max(Math.abs(down), Math.abs(across)) < radius,
    ][label];
    pixels[i] = 60 * random() + (inside ? 160 : 0);
  }
}

/** A small generator (mulberry32): the same seed gives the same images. */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
