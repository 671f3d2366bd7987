/**
 * `npm test`: everything that must hold, from a fresh clone. First types and package, then the unit tests with lint and
 * format beside them, then process tests, of which those that depend on the version of Node run again on Node 24, which VS
 * Code runs, with those of the engines (each against the oracle) beside them, then browser and editor. Before the last line,
 * `N passed, N failed, N skipped`, stands what failed. A check counts as one test. A tier whose tool cannot be had is
 * skipped with the reason.
 */
import { ensureInstalled, requireNode, root } from '../src/setup/install.mjs';
import {
  ensureChromium,
  ensureCodeServer,
  ensureNode24,
  ensureSoftwareVulkan,
  ensureTensorflow,
} from '../src/setup/tools.mjs';
import { forgetReports, runCheck, runTier, sum } from './tiers.mjs';

/** @typedef {import('../src/setup/tools.mjs').Tool} Tool */

const TYPES = { title: 'types', args: ['node_modules/typescript/bin/tsc', '-b'] };
const LINT = { title: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'] };
const FORMAT = { title: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'] };
const PACKAGE = { title: 'package', args: ['src/setup/package.mjs'] };

/** What depends on the version of Node: processes and sockets, watching files, modules, native add-ons, arithmetic. */
const NODE_DEPENDENT = ['exactness', 'keeper', 'kill', 'maps', 'ownModules', 'tensorflowSession', 'watch'];

requireNode();
process.chdir(root);
try {
  const { passed, failed, skipped, failures } = await testAll();
  for (const failure of failures) console.log(`FAILED: ${failure}`);
  process.exitCode = failed === 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  console.log('0 passed, 1 failed, 0 skipped');
} finally {
  forgetReports();
}

/** Two things run side by side where one of them leaves a processor idle. */
async function testAll() {
  await ensureInstalled();
  // The tools take minutes to fetch on a new machine: meanwhile the checks and the unit tests run.
  const fetching = fetchTools();
  const checks = [await runCheck(TYPES), await runCheck(PACKAGE)];
  const first = await Promise.all([
    runTier({ title: 'unit', project: 'unit' }),
    runCheck(LINT, 'at its end'),
    runCheck(FORMAT, 'at its end'),
  ]);
  const { node24, chromium, codeServer } = await fetching;
  // With the command line that the package check has built, and once nothing else installs packages.
  const tensorflow = await ensureTensorflow();
  const vulkan = await ensureSoftwareVulkan();
  const env = libraryOf(tensorflow);
  const training = { project: 'process', needs: [tensorflow], env };
  const onNode24 = { ...training, files: NODE_DEPENDENT.map((name) => `test/process/${name}.test.ts`) };
  const second = await Promise.all([
    runInTurn([
      { title: 'process', ...training },
      { title: 'process on Node 24', ...onNode24, node: node24 },
    ]),
    runTier({ title: 'engine', project: 'engine', needs: [tensorflow, vulkan], env }, 'at its end'),
  ]);
  // Keys are pressed and frames awaited: nothing else runs beside it.
  const browser = await runTier({ title: 'browser', project: 'browser', needs: [chromium] });
  const editor = await runTier({ title: 'editor', project: 'editor', needs: [chromium, codeServer] });
  return sum([...checks, ...first, ...second, browser, editor]);
}

/** @param {readonly import('./tiers.mjs').Tier[]} tiers */
async function runInTurn(tiers) {
  const results = [];
  for (const tier of tiers) results.push(await runTier(tier));
  return sum(results);
}

async function fetchTools() {
  const chromium = await ensureChromium();
  const node24 = await ensureNode24();
  const codeServer = await ensureCodeServer();
  return { chromium, node24, codeServer };
}

/**
 * How the programs under test find TensorFlow.
 * @param {Tool} tensorflow
 * @returns {NodeJS.ProcessEnv}
 */
function libraryOf(tensorflow) {
  return 'path' in tensorflow ? { SUPCON_TENSORFLOW_LIBRARY: tensorflow.path } : {};
}
