/**
 * `npm run bench:peers [-- --gpu]`: PyTorch and TensorBoard in a virtual environment in the cache folder, outside the
 * tree, and TensorFlow as `supcon setup tensorflow` sets it up. What is already there is left alone. pip's own
 * settings decide where packages come from; where those give no small build of PyTorch for the processor, name a
 * Python that has PyTorch in SUPCON_PEERS_PYTHON instead.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../src/setup/install.mjs';
import { findOnPath, run } from '../../src/setup/process.mjs';
import { peersFolder, pythonIn } from './python.mjs';

const REQUIREMENTS = join(import.meta.dirname, 'requirements.txt');
/** Holds the requirements that were installed last. */
const MARK = join(peersFolder(), 'requirements.installed.txt');

process.chdir(root);
process.exitCode = await installPython();
if (process.exitCode === 0) await setUpTensorFlow(process.argv.slice(2));

/** @returns {Promise<number>} the exit code */
async function installPython() {
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === wanted) {
    console.log(`PyTorch and TensorBoard are in ${peersFolder()}`);
    return 0;
  }
  const python = ['python3', 'python'].find((name) => findOnPath(name) !== undefined);
  if (python === undefined) {
    console.error('No Python was found on PATH: install Python 3.10 or newer, then run this again.');
    return 2;
  }
  mkdirSync(peersFolder(), { recursive: true });
  console.log(`installing PyTorch and TensorBoard into ${peersFolder()}: some minutes`);
  const made = await run(python, ['-m', 'venv', peersFolder()]);
  const install = ['-m', 'pip', 'install', '-r', REQUIREMENTS];
  const code = made === 0 ? await run(pythonIn(peersFolder()), install) : made;
  if (code === 0) writeFileSync(MARK, wanted);
  else console.error('The peers could not be installed: see the message above, then run this again.');
  return code;
}

/**
 * Without TensorFlow the benchmarks run too, and say what is missing.
 * @param {readonly string[]} args `--gpu` for the build with CUDA
 */
async function setUpTensorFlow(args) {
  const built = await run(process.execPath, ['esbuild.config.mjs']);
  const setUp = ['dist/cli.js', 'setup', 'tensorflow', '--yes', ...args];
  const code = built === 0 ? await run(process.execPath, setUp) : built;
  if (code !== 0) console.error('TensorFlow was not set up: its bars will not hold.');
}
