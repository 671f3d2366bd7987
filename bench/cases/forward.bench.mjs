/**
 * Whether an encoder computes what a PyTorch ResNet with the same weights does: features of random images, weights
 * that we drew and PyTorch read, and weights that PyTorch drew and we read, each through a safetensors file.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { NO_PEERS, peersPython } from '../peers/python.mjs';
import { bundleSide } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';

const SCRIPT = join(import.meta.dirname, '..', 'peers', 'torch_forward.py');
/** Between features whose largest are about 1 to 10. */
const LIMIT = { atMost: 1e-4 };
const EXACT = { atMost: 0 };
const ENCODERS = /** @type {const} */ (['resnet18', 'resnet50']);
const STEMS = /** @type {const} */ (['cifar', 'imagenet']);

/** Nothing here is timed. */
export const isTimed = false;

/**
 * @typedef {import('../sides/forward.mjs').ForwardCase} ForwardCase
 * @typedef {typeof import('../sides/forward.mjs')} Side
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 */

/** @type {readonly ForwardCase[]} */
const CASES = ENCODERS.flatMap((encoder) =>
  STEMS.map((stem) => ({ encoder, stem, width: 16, side: stem === 'cifar' ? 32 : 64, images: 8 })),
);

/**
 * @param {import('../run.mjs').Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  if (!existsSync(peersPython())) return { results: [], bars: [barWithout('features', LIMIT, NO_PEERS)] };
  const bundle = await bundleSide('sides/forward.mjs');
  /** @type {Side} */
  const side = await import(pathToFileURL(bundle).href);
  const folder = mkdtempSync(join(tmpdir(), 'supcon-forward-'));
  try {
    /** @type {Outcome[]} */
    const outcomes = [];
    for (const forwardCase of CASES)
      outcomes.push(await compare(forwardCase, { side, folder, log: bench.log }));
    return {
      results: outcomes.flatMap(({ results }) => results),
      bars: outcomes.flatMap(({ bars }) => bars),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Both directions of one case.
 * @param {ForwardCase} forwardCase
 * @param {{ side: Side, folder: string, log: (line: string) => void }} context
 * @returns {Promise<Outcome>}
 */
async function compare(forwardCase, { side, folder, log }) {
  const { encoder, stem, width, side: pixels } = forwardCase;
  const title = `${encoder}, ${stem} stem, width ${width}, ${pixels} px`;
  log(title);
  const images = join(folder, 'images.safetensors');
  const weights = join(folder, 'weights.safetensors');
  const features = join(folder, 'features.safetensors');
  side.writeImages(forwardCase, images);
  side.writeWeights(forwardCase, weights);
  const setting = { encoder, stem, width, images, features };
  const { parameters } = await askPython({ ...setting, weights });
  const ours = difference(await side.features(forwardCase, { images, weights }), side.readTensor(features));
  await askPython({ ...setting, newWeights: weights });
  const theirs = difference(await side.features(forwardCase, { images, weights }), side.readTensor(features));
  const surplus = Math.abs(parameters - side.trainedValues(forwardCase));
  return {
    results: [
      { case: `${title}: trained values`, value: parameters, unit: 'values' },
      { case: `${title}: largest feature, our weights`, value: ours.largest, unit: '' },
      { case: `${title}: largest feature, PyTorch's weights`, value: theirs.largest, unit: '' },
    ],
    bars: [
      barOf(`${title}: difference in trained values`, EXACT, surplus),
      barOf(`${title}: largest difference of features, our weights`, LIMIT, ours.difference),
      barOf(`${title}: largest difference of features, PyTorch's weights`, LIMIT, theirs.difference),
    ],
  };
}

/**
 * @param {object} setting
 * @returns {Promise<{ parameters: number }>}
 */
async function askPython(setting) {
  const { stdout } = await promisify(execFile)(peersPython(), [SCRIPT, JSON.stringify(setting)]);
  return JSON.parse(stdout);
}

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
function difference(a, b) {
  if (a.length !== b.length) throw new Error(`${a.length} features against ${b.length}`);
  const largest = Math.max(...Array.from(b, Math.abs));
  return { largest, difference: Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] ?? Number.NaN)))) };
}
