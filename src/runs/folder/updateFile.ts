/**
 * Changing a small file that several processes may write (windows, terminals). On one machine they wait for each
 * other. Other machines on the same disk know nothing of that lock, so a change is still renamed into place only if the
 * file is as it was when the change was computed; otherwise it is computed again.
 */
import type * as v from 'valibot';
import { writeFileAtomically } from '../../formats/files';
import { fileError } from './fileError';
import { withPathLock } from './pathLock';
import { parseSmallFile, readTextIfThere } from './runFiles';

const TRIES = 20;

/** What a file holds, and what stands for one that is not there. */
export interface SmallFile<T> {
  readonly path: string;
  readonly schema: v.GenericSchema<unknown, T>;
  readonly empty: T;
}

/**
 * Changes a file.
 * @param change a pure function from what is there to what shall be there; it may be called several times
 * @returns what was written
 * @throws HumanError if the file cannot be read or written
 */
export function updateFile<T extends { formatVersion: number }>(
  file: SmallFile<T>,
  change: (value: T) => T,
): Promise<T> {
  return withPathLock('update', file.path, () => compareAndRename(file, change));
}

async function compareAndRename<T extends { formatVersion: number }>(
  { path, schema, empty }: SmallFile<T>,
  change: (value: T) => T,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await readTextIfThere(path);
    const after = change(before === undefined ? empty : parseSmallFile(before, path, schema));
    if ((await readTextIfThere(path)) === before) return write(path, after);
  }
  throw new Error(`${path} keeps changing`);
}

async function write<T>(path: string, value: T): Promise<T> {
  await writeFileAtomically(path, `${JSON.stringify(value, null, 2)}\n`).catch((error: unknown) => {
    throw fileError(`Cannot write ${path}`, error);
  });
  return value;
}
