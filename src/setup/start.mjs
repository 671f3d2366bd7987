/**
 * `npm start`: from a fresh clone to the demonstration, in one command. Installs, builds, then runs
 * `supcon demo`; arguments are passed on to it. The last line tells how long that took without the installing.
 */
import { performance } from 'node:perf_hooks';
import { ensureInstalled, requireNode, root } from './install.mjs';
import { run } from './process.mjs';

requireNode();
process.chdir(root);
// Ctrl-C reaches the child too, which stops its run politely; we must not leave before it.
process.on('SIGINT', () => undefined);

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @param {readonly string[]} args */
async function start(args) {
  await ensureInstalled();
  const installed = performance.now();
  const built = await run(process.execPath, ['esbuild.config.mjs']);
  if (built !== 0) return built;
  const code = await run(process.execPath, ['dist/cli.js', 'demo', ...args]);
  if (code === 0) console.log(`${Math.ceil((performance.now() - installed) / 1000)} seconds after install`);
  return code;
}
