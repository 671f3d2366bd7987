/**
 * `npm run bench -- NAME [--json] [option=value ...]`: one benchmark by name. Progress goes to standard error; the
 * last line of standard output is one JSON object, with --json the only one. Exits 0 when it was measured, whether
 * or not its bars hold, and 1 when it could not be (with --strict also when a bar does not hold). `guard=off` measures without the quiet-machine guard, to see
 * that a benchmark works; no bar holds then. A benchmark that times nothing exports `isTimed = false` and needs no guard.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findGraphicsCards } from './protocol/graphicsCards.mjs';
import { NO_GUARD, startGuard } from './protocol/guard.mjs';
import { jsonLine, table } from './protocol/report.mjs';

/** @typedef {import('./protocol/report.mjs').Outcome} Outcome */

/**
 * What a benchmark gets to work with.
 * @typedef {object} Bench
 * @property {(line: string) => void} log
 * @property {Readonly<Record<string, string>>} options `option=value` arguments
 * @property {readonly string[]} arguments all other arguments
 * @property {readonly string[]} graphicsCards names of the NVIDIA cards of this machine
 * @property {import('./protocol/guard.mjs').Guard} guard
 */

const FLAGS = ['--json', '--strict'];
const CASES = join(import.meta.dirname, 'cases');
const names = readdirSync(CASES)
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));

process.exitCode = await main(process.argv.slice(2));

/**
 * @param {readonly string[]} words
 * @returns {Promise<number>} the exit code
 */
async function main(words) {
  const [name = '', ...rest] = words.filter((word) => !FLAGS.includes(word));
  if (!names.includes(name)) {
    process.stderr.write(`Name one of ${names.join(', ')}: npm run bench -- NAME [--json].\n`);
    return 2;
  }
  const bench = benchOf(rest, await findGraphicsCards());
  try {
    const outcome = await measure(name, bench);
    if (!words.includes('--json')) process.stdout.write(`${table(outcome)}\n`);
    process.stdout.write(`${jsonLine(name, outcome, bench.graphicsCards)}\n`);
    return words.includes('--strict') && !outcome.bars.every(({ holds }) => holds) ? 1 : 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}\n`);
    const bars = [{ bar: 'measured', required: 1, measured: null, holds: false, reason }];
    process.stdout.write(`${jsonLine(name, { results: [], bars }, bench.graphicsCards)}\n`);
    return 1;
  }
}

/**
 * @param {string} name
 * @param {Omit<Bench, 'guard'>} bench
 * @returns {Promise<Outcome>}
 */
async function measure(name, bench) {
  const { run, isTimed = true } = await import(pathToFileURL(join(CASES, `${name}.bench.mjs`)).href);
  if (!isTimed) return run({ ...bench, guard: NO_GUARD });
  const guard = isGuarded(bench) ? await startGuard() : NO_GUARD;
  try {
    return judged(bench, await run({ ...bench, guard }));
  } finally {
    await guard.close();
  }
}

/**
 * @param {Omit<Bench, 'guard'>} bench
 * @param {Outcome} outcome
 * @returns {Outcome}
 */
function judged(bench, { results, bars }) {
  if (isGuarded(bench)) return { results, bars };
  const reason = 'It was measured without the quiet-machine guard.';
  return { results, bars: bars.map((bar) => ({ ...bar, holds: false, reason: bar.reason ?? reason })) };
}

/** @param {Omit<Bench, 'guard'>} bench */
function isGuarded({ options }) {
  return options['guard'] !== 'off';
}

/**
 * @param {readonly string[]} rest
 * @param {readonly string[]} graphicsCards
 * @returns {Omit<Bench, 'guard'>}
 */
function benchOf(rest, graphicsCards) {
  const isOption = (/** @type {string} */ word) => /^[a-z]+=/.test(word);
  const pair = (/** @type {string} */ word) => [
    word.slice(0, word.indexOf('=')),
    word.slice(word.indexOf('=') + 1),
  ];
  return {
    log: (line) => void process.stderr.write(`${line}\n`),
    options: Object.fromEntries(rest.filter(isOption).map(pair)),
    arguments: rest.filter((word) => !isOption(word)),
    graphicsCards,
  };
}
