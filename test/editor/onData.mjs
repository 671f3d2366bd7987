/**
 * `node test/editor/onData.mjs FOLDER`: the lifecycle test on real data, a folder of IDX files such as
 * Fashion-MNIST, with its two stages in full: some ten minutes. Needs what `npm test` has set up.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ensureInstalled, root } from '../../src/setup/install.mjs';
import { packageFile } from '../../src/setup/package.mjs';
import { run } from '../../src/setup/process.mjs';

const [folder] = process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error('Name a folder of IDX files: node test/editor/onData.mjs FOLDER');
  process.exit(2);
}
const env = { ...process.env, SUPCON_EDITOR_IDX: resolve(folder) };
await ensureInstalled();
if (!existsSync(packageFile())) await run(process.execPath, ['src/setup/package.mjs'], { cwd: root });
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project',
  'editor',
  'test/editor/lifecycle.test.ts',
];
process.exitCode = await run(process.execPath, args, { cwd: root, env });
