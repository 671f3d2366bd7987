/**
 * `npm test`: everything that must hold, from a fresh clone. First the checks (types, lint, format, package), then
 * the tiers of tests: unit, process (and what depends on the version of Node again on Node 24, which VS Code runs),
 * engine (each against the oracle), browser and editor. The last line is `N passed, N failed, N skipped`; a check counts as one test. A tier
 * whose tool cannot be had is skipped with the reason.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, requireNode, root } from '../src/setup/install.mjs';
import { run } from '../src/setup/process.mjs';
import {
  ensureChromium,
  ensureCodeServer,
  ensureNode24,
  ensureSoftwareVulkan,
  ensureTensorflow,
} from '../src/setup/tools.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {import('../src/setup/tools.mjs').Tool} Tool
 * @typedef {{ title: string, project: string, files?: readonly string[], node?: Tool, needs?: readonly Tool[], env?: NodeJS.ProcessEnv }} Tier
 */

const CHECKS = [
  { title: 'types', args: ['node_modules/typescript/bin/tsc', '-b'] },
  { title: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'] },
  { title: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] },
  { title: 'package', args: ['src/setup/package.mjs'] },
];

/** What depends on the version of Node: processes and sockets, watching files, modules, native add-ons, arithmetic. */
const NODE_DEPENDENT = ['exactness', 'keeper', 'kill', 'ownModules', 'tensorflowSession', 'watch'];

requireNode();
process.chdir(root);
const reports = mkdtempSync(join(tmpdir(), 'supcon-lab-test-'));
try {
  const total = await testAll();
  const { passed, failed, skipped } = total;
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  console.log('0 passed, 1 failed, 0 skipped');
} finally {
  rmSync(reports, { recursive: true, force: true });
}

/** @returns {Promise<Counts>} */
async function testAll() {
  await ensureInstalled();
  // The tools take minutes to fetch on a new machine: meanwhile the checks and the unit tests run.
  const fetching = fetchTools();
  const results = [];
  for (const check of CHECKS) results.push(await runCheck(check));
  results.push(await runTier({ title: 'unit', project: 'unit' }));
  const { node24, chromium, codeServer } = await fetching;
  // With the command line that the package check has built, and once nothing else installs packages.
  const tensorflow = await ensureTensorflow();
  const env = libraryOf(tensorflow);
  const training = { project: 'process', needs: [tensorflow], env };
  results.push(await runTier({ title: 'process', ...training }));
  const onNode24 = { ...training, files: NODE_DEPENDENT.map((name) => `test/process/${name}.test.ts`) };
  results.push(await runTier({ title: 'process on Node 24', ...onNode24, node: node24 }));
  const drivers = [tensorflow, await ensureSoftwareVulkan()];
  results.push(await runTier({ title: 'engine', project: 'engine', needs: drivers, env }));
  results.push(await runTier({ title: 'browser', project: 'browser', needs: [chromium] }));
  results.push(await runTier({ title: 'editor', project: 'editor', needs: [chromium, codeServer] }));
  return results.reduce(sum);
}

async function fetchTools() {
  const chromium = await ensureChromium();
  const node24 = await ensureNode24();
  const codeServer = await ensureCodeServer();
  return { chromium, node24, codeServer };
}

/**
 * Runs one check, which counts as one test.
 * @param {{ title: string, args: string[] }} check
 * @returns {Promise<Counts>}
 */
async function runCheck({ title, args }) {
  console.log(`\n== ${title}`);
  const code = await run(process.execPath, args);
  console.log(code === 0 ? `${title}: ok` : `${title}: FAILED`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/**
 * Runs one tier of tests, or counts its tests as skipped when a tool is missing.
 * @param {Tier} tier
 * @returns {Promise<Counts>}
 */
async function runTier({
  title,
  project,
  files = [],
  node = { path: process.execPath },
  needs = [],
  env = {},
}) {
  console.log(`\n== ${title} tests`);
  const reasons = [node, ...needs].flatMap((tool) => ('missing' in tool ? [tool.missing] : []));
  if (reasons.length > 0 || 'missing' in node) {
    console.log(`${title} tests: SKIPPED because ${reasons.join('; ')}`);
    return { passed: 0, failed: 0, skipped: await countTests(project) };
  }
  const report = join(reports, `${title.replaceAll(' ', '-')}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const args = [...vitest('run', project), ...files, '--passWithNoTests', ...reporters];
  const code = await run(node.path, args, { env: { ...process.env, ...env } });
  const counts = readReport(report);
  const silentFailure = code !== 0 && counts.failed === 0;
  return silentFailure ? { ...counts, failed: 1 } : counts;
}

/**
 * How the programs under test find TensorFlow.
 * @param {Tool} tensorflow
 * @returns {NodeJS.ProcessEnv}
 */
function libraryOf(tensorflow) {
  return 'path' in tensorflow ? { SUPCON_TENSORFLOW_LIBRARY: tensorflow.path } : {};
}

/**
 * @param {'run' | 'list'} command
 * @param {string} project
 */
function vitest(command, project) {
  return ['node_modules/vitest/vitest.mjs', command, '--project', project];
}

/**
 * The counts of one vitest report; a file that could not be loaded counts as one failure.
 * @param {string} file
 * @returns {Counts}
 */
function readReport(file) {
  const report = readJson(file);
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0 };
  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults;
  const unloadable = files.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
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

/**
 * @param {Counts} a
 * @param {Counts} b
 * @returns {Counts}
 */
function sum(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
