/**
 * `npm run package`: builds for production and packs the extension for the platform at hand into
 * supcon-lab-<platform>.vsix. Of node_modules only onnxruntime-node and sharp go in, pruned to one platform's
 * libraries; everything else is in the bundles, but for TensorFlow's add-on, which is built here where that is
 * possible.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, requireNode, root } from './install.mjs';
import { nativeAddonFolder, placeNativeAddon } from './nativeAddon.mjs';
import { imageLibraries, writeNotices } from './notices.mjs';
import { run } from './process.mjs';

const BYTES_PER_MEGABYTE = 1e6;

/**
 * The platform at hand, as the Marketplace names it.
 * @returns {string}
 */
export function packageTarget() {
  return `${process.platform}-${process.arch}`;
}

/**
 * Where `npm run package` puts its result.
 * @returns {string}
 */
export function packageFile() {
  return join(root, `supcon-lab-${packageTarget()}.vsix`);
}

async function packExtension() {
  const built = await run(process.execPath, ['esbuild.config.mjs', '--production'], { cwd: root });
  if (built !== 0) throw new Error('the build failed: see its message above');
  writeNotices();
  const problem = await placeNativeAddon(packageTarget());
  if (problem !== undefined) console.log(`packing without TensorFlow's add-on: ${problem}`);
  const scratch = mkdtempSync(join(tmpdir(), 'supcon-lab-package-'));
  try {
    const ignoreFile = join(scratch, 'vscodeignore');
    writeFileSync(ignoreFile, shippedFiles());
    await runVsce(ignoreFile);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const megabytes = statSync(packageFile()).size / BYTES_PER_MEGABYTE;
  console.log(`${packageFile()}: ${megabytes.toFixed(1)} MB`);
}

/** .vscodeignore, and the native libraries and TensorFlow's add-on of this platform alone. */
function shippedFiles() {
  const engine = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
  if (!existsSync(join(root, engine)))
    throw new Error(`onnxruntime-node has no library for ${packageTarget()}.`);
  const images = imageLibraries();
  if (images.length === 0) throw new Error(`sharp has no library for ${packageTarget()}.`);
  const folders = [engine, nativeAddonFolder(packageTarget()), ...images];
  const lines = folders.map((folder) => `!${folder}/**\n`);
  return `${readFileSync(join(root, '.vscodeignore'), 'utf8')}${lines.join('')}`;
}

/** @param {string} ignoreFile */
async function runVsce(ignoreFile) {
  const program = join(root, 'node_modules/@vscode/vsce/vsce');
  const target = ['--target', packageTarget(), '--out', packageFile(), '--ignoreFile', ignoreFile];
  const quiet = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const options = {
    cwd: root,
    stdio: /** @type {['ignore', 'inherit', 'inherit']} */ (['ignore', 'inherit', 'inherit']),
  };
  const code = await run(process.execPath, [program, 'package', ...target, ...quiet], options);
  if (code !== 0) throw new Error('vsce could not pack the extension: see its message above');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  requireNode();
  try {
    await ensureInstalled();
    await packExtension();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
