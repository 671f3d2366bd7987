/** What a benchmark says: a table for people, then one line of JSON. */
import { cpus } from 'node:os';

/**
 * @typedef {object} Result
 * @property {string} case what was measured
 * @property {number} value
 * @property {string} unit
 *
 * @typedef {object} Bar
 * @property {string} bar what must hold
 * @property {number} required
 * @property {number | null} measured null where it could not be measured
 * @property {boolean} holds
 * @property {string} [reason] why it could not be measured, in a sentence
 *
 * @typedef {object} Outcome
 * @property {Result[]} results
 * @property {Bar[]} bars
 */

/**
 * A bar: the figure must be at least, or at most, the required one.
 * @param {string} bar
 * @param {{ atLeast: number } | { atMost: number }} limit
 * @param {number} measured
 * @returns {Bar}
 */
export function barOf(bar, limit, measured) {
  const required = requiredBy(limit);
  const holds = 'atLeast' in limit ? measured >= required : measured <= required;
  return { bar, required, measured: rounded(measured), holds };
}

/**
 * A bar that could not be measured; it does not hold.
 * @param {string} bar
 * @param {{ atLeast: number } | { atMost: number }} limit
 * @param {string} reason
 * @returns {Bar}
 */
export function barWithout(bar, limit, reason) {
  return { bar, required: requiredBy(limit), measured: null, holds: false, reason };
}

/** @param {{ atLeast: number } | { atMost: number }} limit */
function requiredBy(limit) {
  return 'atLeast' in limit ? limit.atLeast : limit.atMost;
}

/**
 * The last line of a benchmark.
 * @param {string} name
 * @param {Outcome} outcome
 * @param {readonly string[]} graphicsCards
 * @returns {string}
 */
export function jsonLine(name, { results, bars }, graphicsCards) {
  const rows = results.map((result) => ({ ...result, value: rounded(result.value) }));
  return JSON.stringify({ name, machine: machine(graphicsCards), results: rows, bars });
}

/**
 * The same for people.
 * @param {Outcome} outcome
 * @returns {string}
 */
export function table({ results, bars }) {
  const rows = results.map(({ case: title, value, unit }) => `${title}: ${rounded(value)} ${unit}`);
  const verdicts = bars.map(({ bar, required, measured, holds, reason }) => {
    const verdict = holds ? 'holds' : 'DOES NOT HOLD';
    return `${verdict}: ${bar}: ${measured ?? 'not measured'}, required ${required}${reason === undefined ? '' : `: ${reason}`}`;
  });
  return [...rows, ...verdicts].join('\n');
}

/** @param {readonly string[]} graphicsCards */
function machine(graphicsCards) {
  const processors = cpus();
  const parts = [`${processors[0]?.model.trim() ?? process.arch}, ${processors.length} threads`];
  return [...parts, ...graphicsCards, `Node ${process.version}`].join(', ');
}

/** Four significant digits, so that the line can be read. */
function rounded(/** @type {number} */ value) {
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
