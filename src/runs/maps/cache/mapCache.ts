/**
 * The cache of maps: graphs and layouts, each a file under the hash of all that it is made from. A run's lie in its folder,
 * so that whoever opens the run sees the same picture; others lie in the user's cache folder. A key has one content, so it
 * does not matter who writes it; what is missing or damaged is computed again, and what cannot be kept costs time alone.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { pruneFolder } from '../../../formats/dataCache';
import { writeFileAtomically } from '../../../formats/files';
import type { Entry } from './entry';
import { decodeEntry, encodeEntry } from './entry';

/** Goes up whenever a method gives other bytes for the same input. */
const METHODS_VERSION = 2;
const ENDING = '.map';
/** How many entries are written between two looks at the size of the folder. */
const PRUNE_EVERY = 20;
const MEBIBYTE = 2 ** 20;

/** A folder that may hold entries. */
export interface CachePlace {
  readonly folder: string;
  /** False for a folder whose parent must be there already: that of a run, which may be deleted meanwhile. */
  readonly makesParents: boolean;
  readonly mostBytes: number;
}

/** Finds and keeps entries; neither ever rejects. */
export interface MapCache {
  find(key: string): Promise<Entry | undefined>;
  keep(key: string, entry: Entry): Promise<void>;
}

/** The place of a run's maps. */
export function runPlace(folder: string): CachePlace {
  return { folder, makesParents: false, mostBytes: 256 * MEBIBYTE };
}

/** The place of all others. */
export function userPlace(folder: string): CachePlace {
  return { folder, makesParents: true, mostBytes: 1024 * MEBIBYTE };
}

/** The name of what is made from these values, which JSON can hold. */
export function keyOf(...madeFrom: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([METHODS_VERSION, madeFrom]))
    .digest('hex');
}

/** A cache that looks into every place, and keeps entries in the first that takes them. */
export function createMapCache(places: readonly CachePlace[]): MapCache {
  let kept = 0;
  return {
    async find(key) {
      for (const { folder } of places) {
        const found = await read(join(folder, key + ENDING));
        if (found !== undefined) return found;
      }
      return undefined;
    },
    async keep(key, entry) {
      const bytes = encodeEntry(entry);
      for (const place of places) {
        if (!(await write(place, key, bytes))) continue;
        if (kept++ % PRUNE_EVERY === 0)
          await pruneFolder(place.folder, place.mostBytes).catch(() => undefined);
        return;
      }
    },
  };
}

async function read(path: string): Promise<Entry | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  const now = new Date();
  if (bytes !== undefined) await utimes(path, now, now).catch(() => undefined);
  return bytes === undefined ? undefined : decodeEntry(bytes);
}

async function write(place: CachePlace, key: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await makeFolder(place);
    await writeFileAtomically(join(place.folder, key + ENDING), bytes, { isPrecious: false });
    return true;
  } catch {
    return false;
  }
}

async function makeFolder({ folder, makesParents }: CachePlace): Promise<void> {
  if (makesParents) await mkdir(folder, { recursive: true });
  else await mkdir(folder).catch(unlessThere);
}

function unlessThere(thrown: unknown): void {
  if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
}
