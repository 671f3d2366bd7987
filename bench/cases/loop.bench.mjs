/**
 * Throughput of the whole training loop (augmentation in worker threads, step, recording, checkpoints) against the
 * same session's step on one constant batch in memory. Both take turns in one process, under the default policy
 * for workers. Options: `engine=onnx`, `case=W=16`, `workers=N`, `rounds=N`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleSide, bundleTrainer } from '../protocol/bundle.mjs';
import { barOf, barWithout } from '../protocol/report.mjs';
import { measureRounds } from '../protocol/rounds.mjs';
import { tryStart } from './sides.mjs';

const ROUNDS = 5;
/** Each side runs about this long in a round: the loader's lead of three batches must not count. */
const TURN_MS = 6000;
const LEAST_STEPS = 20;
const LEAST_SHARE = 0.9;

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 * @typedef {{ title: string, engine: 'onnx' | 'tensorflow', width: number }} LoopCase
 */

/** @type {readonly LoopCase[]} */
const CASES = [
  { title: 'onnx, small ResNet W=16, 64 x 2', engine: 'onnx', width: 16 },
  { title: 'tensorflow, small ResNet W=16, 64 x 2', engine: 'tensorflow', width: 16 },
  { title: 'onnx, small ResNet W=64, 64 x 2', engine: 'onnx', width: 64 },
  { title: 'tensorflow, small ResNet W=64, 64 x 2', engine: 'tensorflow', width: 64 },
];

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const { engine = '', case: title = '' } = bench.options;
  const wanted = CASES.filter((known) => known.engine.includes(engine) && known.title.includes(title));
  const outcomes = [];
  for (const loopCase of wanted) outcomes.push(await measure(bench, loopCase));
  return { results: outcomes.flatMap(({ results }) => results), bars: outcomes.flatMap(({ bars }) => bars) };
}

/**
 * @param {Bench} bench
 * @param {LoopCase} loopCase
 * @returns {Promise<Outcome>}
 */
async function measure(bench, loopCase) {
  const bar = `${loopCase.title}: loop against one constant batch`;
  const folder = makeRunFolder(loopCase, Number(bench.options['workers'] ?? 0));
  await bundleTrainer('sides');
  const args = [await bundleSide('sides/loop.mjs'), JSON.stringify({ folder })];
  const child = await tryStart({ program: process.execPath, args, hasChannel: true });
  try {
    if (typeof child === 'string')
      return { results: [], bars: [barWithout(bar, { atLeast: LEAST_SHARE }, child)] };
    bench.log(`${loopCase.title}: ${JSON.stringify(child.hello)}`);
    const steps = await stepsPerTurn(child);
    const side = (/** @type {string} */ name) => ({
      name,
      measure: async () => [await msPerStep(child, name, steps)],
    });
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds([side('loop'), side('constant')], {
      guard: bench.guard,
      rounds,
      log: bench.log,
    });
    return outcomeOf(loopCase, bar, { medians, views: Number(child.hello['views']) });
  } finally {
    if (typeof child !== 'string') await child.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {LoopCase} loopCase
 * @param {string} bar
 * @param {{ medians: ReadonlyMap<string, number>, views: number }} measured
 * @returns {Outcome}
 */
function outcomeOf({ title }, bar, { medians, views }) {
  const [loop = Number.NaN, constant = Number.NaN] = [medians.get('loop'), medians.get('constant')];
  const rate = (/** @type {number} */ ms) => Math.round((1000 * views) / ms);
  return {
    results: [
      { case: `${title}: whole loop`, value: rate(loop), unit: 'views/s' },
      { case: `${title}: one constant batch`, value: rate(constant), unit: 'views/s' },
    ],
    bars: [barOf(bar, { atLeast: LEAST_SHARE }, constant / loop)],
  };
}

/**
 * A run folder whose epochs never end within the measurement, so that no evaluation falls into it.
 * @param {LoopCase} loopCase
 * @param {number} workers 0 for the default
 */
function makeRunFolder({ engine, width }, workers) {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-bench-'));
  const configuration = {
    engine,
    device: { kind: 'cpu' },
    model: { width },
    stage1: { epochs: 100_000 },
    evaluation: { everyEpochs: 100_000 },
    embeddings: { everyEpochs: 0 },
    loader: { workers },
    captureCode: false,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configuration));
  return folder;
}

/** @param {import('../protocol/child.mjs').Child} child */
async function stepsPerTurn(child) {
  await msPerStep(child, 'loop', LEAST_STEPS);
  const ms = await msPerStep(child, 'constant', LEAST_STEPS);
  return Math.max(LEAST_STEPS, Math.round(TURN_MS / ms));
}

/**
 * @param {import('../protocol/child.mjs').Child} child
 * @param {string} what
 * @param {number} steps
 */
async function msPerStep(child, what, steps) {
  return Number((await child.ask(`${what} ${steps}`))['msPerStep']);
}
