/** NVIDIA cards of this machine: where there is one, benchmarks measure on it too. */
import { execFile } from 'node:child_process';

const TIMEOUT_MS = 10_000;
const QUERY = ['--query-gpu=name', '--format=csv,noheader'];

/** @returns {Promise<string[]>} names of the cards, none where nvidia-smi does not answer */
export function findGraphicsCards() {
  return new Promise((resolve) => {
    execFile('nvidia-smi', QUERY, { timeout: TIMEOUT_MS }, (error, output) => {
      resolve(error === null ? output.trim().split('\n') : []);
    });
  });
}
