/**
 * The parts of `npm test`: a check counts as one test, a tier as its tests. Each gives its counts, and a sentence for
 * everything that failed, so that the end of a long log says what to look at.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, runToLog } from '../src/setup/process.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Counts
 * @typedef {import('../src/setup/tools.mjs').Tool} Tool
 * @typedef {object} Check
 * @property {string} title
 * @property {readonly string[]} args of Node
 * @typedef {object} Tier
 * @property {string} title
 * @property {string} project of vitest.config.ts
 * @property {readonly string[]} [files] only these
 * @property {Tool} [node] the Node that runs it, ours by default
 * @property {readonly Tool[]} [needs] without which it is skipped
 * @property {NodeJS.ProcessEnv} [env]
 * @typedef {'now' | 'at its end'} Shown when the output is shown; what runs beside something else waits with it
 */

const reports = mkdtempSync(join(tmpdir(), 'supcon-lab-test-'));

/** Deletes what the tiers have written. */
export function forgetReports() {
  rmSync(reports, { recursive: true, force: true });
}

/**
 * Runs one check, which counts as one test.
 * @param {Check} check
 * @param {Shown} [shown]
 * @returns {Promise<Counts>}
 */
export async function runCheck({ title, args }, shown = 'now') {
  const code = await show(title, { args, shown });
  console.log(code === 0 ? `${title}: ok` : `${title}: FAILED`);
  return code === 0
    ? { passed: 1, failed: 0, skipped: 0, failures: [] }
    : { passed: 0, failed: 1, skipped: 0, failures: [`the check of ${title}`] };
}

/**
 * Runs one tier of tests, or counts its tests as skipped when a tool is missing.
 * @param {Tier} tier
 * @param {Shown} [shown]
 * @returns {Promise<Counts>}
 */
export async function runTier(tier, shown = 'now') {
  const { title, project, files = [], node = { path: process.execPath }, needs = [], env = {} } = tier;
  const reasons = [node, ...needs].flatMap((tool) => ('missing' in tool ? [tool.missing] : []));
  if (reasons.length > 0 || 'missing' in node) {
    console.log(`\n== ${title} tests\n${title} tests: SKIPPED because ${reasons.join('; ')}`);
    return { passed: 0, failed: 0, skipped: await countTests(project), failures: [] };
  }
  const report = join(reports, `${title.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [...vitest('run', project), ...files, '--passWithNoTests', ...reporters];
  const code = await show(`${title} tests`, { program: node.path, args, shown, env });
  return countsOf(title, code, report);
}

/**
 * @param {readonly Counts[]} counts
 * @returns {Counts}
 */
export function sum(counts) {
  return {
    passed: counts.reduce((total, { passed }) => total + passed, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
    skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
    failures: counts.flatMap(({ failures }) => failures),
  };
}

/**
 * Runs a program under a heading, with its output shown as it comes or as a whole once it has ended.
 * @param {string} title
 * @param {{ program?: string, args: readonly string[], shown: Shown, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} its exit code
 */
async function show(title, { program = process.execPath, args, shown, env = {} }) {
  const options = { env: { ...process.env, ...env } };
  if (shown === 'now') {
    console.log(`\n== ${title}`);
    return run(program, args, options);
  }
  const log = join(reports, `${title.replaceAll(' ', '-')}.log`);
  console.log(`(${title} run beside it)`);
  const code = await runToLog(log, program, args, options);
  console.log(`\n== ${title}\n${readFileSync(log, 'utf8')}`);
  return code;
}

/**
 * The counts of one vitest report; a file that could not be loaded counts as one failure, and so does a tier that
 * ended badly without saying why.
 * @param {string} title
 * @param {number} code
 * @param {string} file
 * @returns {Counts}
 */
function countsOf(title, code, file) {
  const report = readJson(file);
  /** @type {{ name: string, status: string, assertionResults: { status: string, fullName: string }[] }[]} */
  const files = report?.testResults ?? [];
  const failures = files.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`${name} as a whole`];
    return failed.map(({ fullName }) => `${name}: ${fullName}`);
  });
  if (code !== 0 && failures.length === 0) failures.push(`the ${title} tests, which ended with code ${code}`);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failures.length,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    failures,
  };
}

/**
 * How many tests a tier has; at least 1, so that a skipped tier shows.
 * @param {string} project
 */
async function countTests(project) {
  const file = join(reports, `${project}-list.json`);
  await run(process.execPath, [...vitest('list', project), `--json=${file}`]);
  const tests = readJson(file);
  return Math.max(1, Array.isArray(tests) ? tests.length : 0);
}

/**
 * @param {'run' | 'list'} command
 * @param {string} project
 */
function vitest(command, project) {
  return ['node_modules/vitest/vitest.mjs', command, '--project', project];
}

/**
 * @param {string} file
 * @returns {any} what the file holds, or undefined when it cannot be read
 */
function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
