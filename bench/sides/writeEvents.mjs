/** Runs for benchmarks: folders with one event file each. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encodeFileVersion, encodeScalars } from '../../src/formats/events/writer';

const STEPS_AT_ONCE = 2000;

/**
 * Writes runs and gives their folders.
 * @param {string} base
 * @param {{ runs: number, points: number, tags: number }} shape points are those of each tag
 * @returns {string[]}
 */
export function writeRuns(base, { runs, points, tags }) {
  const names = Array.from({ length: tags }, (_, i) => `tag/${i}`);
  return Array.from({ length: runs }, (_, run) => {
    const folder = join(base, `run-${run}`);
    mkdirSync(folder, { recursive: true });
    const file = openSync(join(folder, 'events.out.tfevents.1.bench'), 'w');
    writeSync(file, encodeFileVersion(1));
    for (let from = 0; from < points; from += STEPS_AT_ONCE) {
      const count = Math.min(STEPS_AT_ONCE, points - from);
      writeSync(file, Buffer.concat(Array.from({ length: count }, (_, i) => recordOf(names, from + i, run))));
    }
    closeSync(file);
    return folder;
  });
}

/**
 * @param {readonly string[]} names
 * @param {number} step
 * @param {number} run
 */
function recordOf(names, step, run) {
  const scalars = names.map((name, i) => [name, Math.sin(step / 100 + i) + run]);
  return encodeScalars(1.7e9 + step / 10, step, Object.fromEntries(scalars));
}
