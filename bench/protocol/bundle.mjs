/** Bundles of the product's sources for benchmarks, in out/bench: inside the tree, so that packages are found. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { buildOptions, bundles } from '../../esbuild.config.mjs';
import { root } from '../../src/setup/install.mjs';

const FOLDER = join(root, 'out', 'bench');
const TRAINER_PROGRAMS = ['trainer.js', 'augmentation-worker.js', 'engine-probe.js'];

/**
 * Bundles a file of bench/ with the sources it imports, as CommonJS.
 * @param {string} name file under bench/
 * @param {readonly string[]} [external] packages that are left as they are, beside the native ones
 * @returns {Promise<string>} path of the bundle
 */
export async function bundleSide(name, external = []) {
  prepareFolder();
  const outfile = join(FOLDER, name.replace('.mjs', '.js'));
  const options = optionsOf('trainer.js');
  const entryPoints = [join(root, 'bench', name)];
  const all = [...(options.external ?? []), ...external];
  await esbuild.build({ ...options, entryPoints, outfile, external: all });
  return outfile;
}

/**
 * Builds the programs of a run as they are shipped, the trainer and those that it starts from its own folder.
 * @param {string} folder under out/bench
 * @returns {Promise<string>} path of the trainer
 */
export async function bundleTrainer(folder) {
  for (const out of TRAINER_PROGRAMS) await bundleProgram(out, folder);
  return join(FOLDER, folder, 'trainer.js');
}

/**
 * Builds one program of the product as it is shipped.
 * @param {string} out its file under dist/
 * @param {string} [folder] under out/bench
 * @returns {Promise<string>} path of the program
 */
export async function bundleProgram(out, folder = '.') {
  prepareFolder();
  const outfile = join(FOLDER, folder, out);
  await esbuild.build({ ...optionsOf(out), outfile });
  return outfile;
}

/** @param {string} out */
function optionsOf(out) {
  const bundle = bundles.find((known) => known.out === out);
  if (bundle === undefined) throw new Error(`esbuild.config.mjs has no bundle ${out}`);
  return buildOptions(bundle, 'production');
}

function prepareFolder() {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), '{ "type": "commonjs" }\n');
}
