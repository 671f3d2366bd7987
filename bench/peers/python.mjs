/** The Python that has the peers: a virtual environment of our own outside the tree, or one that the user names. */
import { join } from 'node:path';
import { cacheFolder } from '../../src/setup/tools.mjs';

/** Names a Python that has PyTorch, for example one with CUDA. */
export const PYTHON_VARIABLE = 'SUPCON_PEERS_PYTHON';

export const NO_PEERS = `The peers are not installed: run npm run bench:peers, or name a Python that has them in ${PYTHON_VARIABLE}.`;

/** @returns {string} folder of the virtual environment that `npm run bench:peers` makes */
export function peersFolder() {
  return join(cacheFolder(), 'peers');
}

/** @returns {string} path of the Python with the peers, which need not exist */
export function peersPython() {
  const named = process.env[PYTHON_VARIABLE] ?? '';
  return named === '' ? pythonIn(peersFolder()) : named;
}

/**
 * @param {string} folder of a virtual environment
 * @returns {string} path of its Python
 */
export function pythonIn(folder) {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}
