/**
 * Rounds of measurement: in each round every side runs in turn, between two readings of the quiet-machine guard.
 * The order rotates from round to round, so that no side always follows the same other one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { disturbance } from './guard.mjs';
import { median } from './statistics.mjs';

/** How often one round is repeated before the benchmark gives up. */
export const MOST_REPEATS = 10;
/** Threads of a library go on spinning for some milliseconds after their work. */
const SETTLE_MS = 200;

/**
 * @typedef {import('./guard.mjs').Guard} Guard
 *
 * @typedef {object} Side
 * @property {string} name
 * @property {() => Promise<readonly number[]>} measure one round's values, for example milliseconds of its steps
 *
 * @typedef {object} RoundsOptions
 * @property {Pick<Guard, 'read'>} guard
 * @property {number} rounds rounds that must be quiet
 * @property {(line: string) => void} log
 * @property {number} [settleMs] pause before each measurement
 */

/** Too many rounds were disturbed; the message says so. */
export class BusyMachineError extends Error {
  /** @override */
  name = 'BusyMachineError';
}

/**
 * Measures all sides and gives, by name, the median over the rounds of each round's median.
 * @param {readonly Side[]} sides
 * @param {RoundsOptions} options
 * @returns {Promise<Map<string, number>>} throws BusyMachineError
 */
export async function measureRounds(sides, { guard, rounds, log, settleMs = SETTLE_MS }) {
  /** @type {Map<string, number>[]} */
  const kept = [];
  let repeats = 0;
  while (kept.length < rounds) {
    const order = rotated(sides, kept.length);
    const before = await settledReading(guard, settleMs);
    const measured = await measureOnce(order, settleMs);
    const reason = disturbance(before, await settledReading(guard, settleMs));
    log(`round ${kept.length + 1} of ${rounds}: ${reason ?? describe(measured)}`);
    if (reason === undefined) {
      kept.push(measured);
      repeats = 0;
    } else if (++repeats > MOST_REPEATS) {
      throw new BusyMachineError(
        `This machine is not quiet: ${reason}. Stop what else runs, then try again.`,
      );
    }
  }
  return new Map(sides.map(({ name }) => [name, median(kept.map((round) => round.get(name) ?? Number.NaN))]));
}

/**
 * @param {readonly Side[]} sides
 * @param {number} settleMs
 */
async function measureOnce(sides, settleMs) {
  /** @type {Map<string, number>} */
  const medians = new Map();
  for (const { name, measure } of sides) {
    await sleep(settleMs);
    medians.set(name, median(await measure()));
  }
  return medians;
}

/**
 * @param {Pick<Guard, 'read'>} guard
 * @param {number} settleMs
 */
async function settledReading(guard, settleMs) {
  await sleep(settleMs);
  return guard.read();
}

/**
 * @template T
 * @param {readonly T[]} list
 * @param {number} by
 * @returns {T[]}
 */
export function rotated(list, by) {
  const start = list.length === 0 ? 0 : by % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}

/** @param {ReadonlyMap<string, number>} medians */
function describe(medians) {
  return [...medians].map(([name, value]) => `${name} ${value.toFixed(1)}`).join(', ');
}
