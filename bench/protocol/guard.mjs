/**
 * The quiet-machine guard: the same matrix product on two threads, timed before and after each round. On a busy
 * machine a peer that spins while it waits degrades several times over, so a round in which the product moved
 * tells nothing. The product runs in two worker threads of plain JavaScript: no library, and no thread that goes
 * on spinning when it is done.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { median } from './statistics.mjs';

/** Largest relative change of the product's time within a round. */
export const MOST_MOVEMENT = 0.1;
/** Least share of both threads' wall time that they must have had a processor; below it somebody else had it. */
export const LEAST_SHARE = 0.85;
const THREADS = 2;
const REPEATS = 5;
const WARM_UPS = 20;
const WORKER = new URL('matrixWorker.mjs', import.meta.url);

/**
 * @typedef {object} Reading
 * @property {number} ms median wall time of the product
 * @property {number} share processor time of the process over the threads' wall time, about 1 on a quiet machine
 *
 * @typedef {object} Guard
 * @property {() => Promise<Reading>} read times the product
 * @property {() => Promise<void>} close
 */

/**
 * Why a round must be repeated, in a sentence, or undefined when the machine was quiet.
 * @param {Reading} before
 * @param {Reading} after
 * @returns {string | undefined}
 */
export function disturbance(before, after) {
  const movement = Math.abs(after.ms - before.ms) / Math.min(before.ms, after.ms);
  if (movement > MOST_MOVEMENT) {
    return `the matrix product moved by ${percent(movement)} (${before.ms.toFixed(0)} to ${after.ms.toFixed(0)} ms)`;
  }
  const share = Math.min(before.share, after.share);
  return share < LEAST_SHARE
    ? `the matrix product had only ${percent(share)} of two processors: something else is running`
    : undefined;
}

/**
 * Starts the guard's threads.
 * @returns {Promise<Guard>}
 */
export async function startGuard() {
  const threads = Array.from({ length: THREADS }, () => new Worker(WORKER));
  const product = () => Promise.all(threads.map(multiply));
  // The first products are interpreted, and wake the processor up.
  for (let i = 0; i < WARM_UPS; i++) await product();
  return {
    async read() {
      const readings = [];
      for (let i = 0; i < REPEATS; i++) readings.push(await timed(product));
      return {
        ms: median(readings.map(({ ms }) => ms)),
        share: median(readings.map(({ share }) => share)),
      };
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

/** A guard that lets every round pass: to see on a busy machine that a benchmark works. */
export const NO_GUARD = /** @type {Guard} */ ({
  read: () => Promise.resolve({ ms: 1, share: 1 }),
  close: () => Promise.resolve(),
});

/**
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Reading>}
 */
async function timed(work) {
  const [used, began] = [process.cpuUsage(), performance.now()];
  await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(used);
  return { ms, share: (user + system) / 1000 / (THREADS * ms) };
}

/** @param {Worker} thread */
function multiply(thread) {
  thread.postMessage('multiply');
  return once(thread, 'message');
}

/** @param {number} share */
function percent(share) {
  return `${(100 * share).toFixed(0)} %`;
}
