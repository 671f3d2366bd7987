/**
 * From the start of the trainer's process to its first recorded step: cold, with an empty cache folder, and cached,
 * with what the cold start left there (on Linux; elsewhere the folder cannot be moved). The operating system's own
 * cache of files is warm in both. Options: `engine=onnx`, `rounds=N`.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleTrainer } from '../protocol/bundle.mjs';
import { measureRounds } from '../protocol/rounds.mjs';

const ROUNDS = 5;
const ENGINES = ['auto', 'onnx', 'tensorflow'];
const STDERR_TAIL = 2000;

/**
 * @typedef {import('../run.mjs').Bench} Bench
 * @typedef {import('../protocol/report.mjs').Outcome} Outcome
 * @typedef {import('../protocol/report.mjs').Result} Result
 * @typedef {import('../../src/protocol/trainer').TrainerMessage} TrainerMessage
 */

/**
 * @param {Bench} bench
 * @returns {Promise<Outcome>}
 */
export async function run(bench) {
  const trainer = await bundleTrainer('startup');
  const results = [];
  for (const engine of ENGINES.filter((name) => name.includes(bench.options['engine'] ?? ''))) {
    results.push(...(await measureEngine(bench, { engine, trainer })));
  }
  return { results, bars: [] };
}

/**
 * @param {Bench} bench
 * @param {{ engine: string, trainer: string }} start
 * @returns {Promise<Result[]>}
 */
async function measureEngine(bench, { engine, trainer }) {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-bench-'));
  const cache = join(folder, 'cache');
  const started = (/** @type {string} */ name) => ({
    name,
    measure: async () => {
      if (name === 'cold') rmSync(cache, { recursive: true, force: true });
      return [await timeToFirstStep(trainer, { engine, folder, cache })];
    },
  });
  try {
    await started('cold').measure();
    const rounds = Number(bench.options['rounds'] ?? ROUNDS);
    const medians = await measureRounds([started('cold'), started('cached')], {
      guard: bench.guard,
      rounds,
      log: bench.log,
    });
    return [...medians].map(([name, ms]) => ({
      case: `${engine}, ${name}`,
      value: Math.round(ms),
      unit: 'ms',
    }));
  } catch (error) {
    if (!(error instanceof FirstStepError)) throw error;
    bench.log(`${engine}: ${error.message}`);
    return [];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The trainer ended before its first step; the message says why. */
class FirstStepError extends Error {}

/**
 * @param {string} trainer
 * @param {{ engine: string, folder: string, cache: string }} places
 * @returns {Promise<number>} milliseconds
 */
function timeToFirstStep(trainer, { engine, folder, cache }) {
  const run = mkdtempSync(join(folder, 'run-'));
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(run, 'config.json'), JSON.stringify({ engine, captureCode: false }));
  const began = performance.now();
  const child = fork(trainer, [run], {
    serialization: 'advanced',
    env: { ...process.env, XDG_CACHE_HOME: cache },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-STDERR_TAIL)));
  return new Promise((resolve, reject) => {
    child.on('message', (/** @type {TrainerMessage} */ message) => {
      // Progress follows the record of its step.
      if (message.type !== 'progress' && !isOtherEngine(message, engine)) return;
      const ms = performance.now() - began;
      child.once('close', () => {
        if (message.type === 'ready') reject(new FirstStepError(message.engine.reason));
        else resolve(ms);
      });
      child.kill('SIGKILL');
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== null)
        reject(new FirstStepError(`the trainer ended with ${code}: ${errors.split('\n', 1)[0]}`));
    });
  });
}

/**
 * Whether the run goes on with another engine than was asked for.
 * @param {TrainerMessage} message
 * @param {string} asked
 */
function isOtherEngine(message, asked) {
  return message.type === 'ready' && asked !== 'auto' && message.engine.name !== asked;
}
