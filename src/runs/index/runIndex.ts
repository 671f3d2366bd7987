/**
 * All runs of a folder, quickly: a run that has ended and whose folder has not changed since it was read is taken from
 * the index. The small files of a run are renamed into place, which changes the time of its folder. Who reads a run in
 * the same instant in which it changes would never notice, so a fresh folder is read again.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord } from '../../domain/run/record';
import { candidateNames, isRunFolder } from '../folder/findRun';
import { newestFirst } from '../list';
import type { IndexEntry } from './indexFile';
import { readIndex, writeIndex } from './indexFile';
import { readRecord } from './record';

/** The coarsest clock of a file system in use (FAT). */
const CLOCK_GRAIN_MS = 2000;

/** An index in use. */
export interface RunIndex {
  /** All runs, newest first. A record that has not changed is the same object as before. */
  read(): Promise<readonly RunRecord[]>;
  /** Writes what is worth keeping, if that has changed since it was last read or written. */
  save(): Promise<void>;
}

/** The index of a runs folder, which need not exist. */
export function createRunIndex(runsFolder: string): RunIndex {
  let known: ReadonlyMap<string, IndexEntry> | undefined;
  let stored: ReadonlyMap<string, IndexEntry> = new Map();
  return {
    async read() {
      if (known === undefined) stored = known = await readIndex(runsFolder);
      const before = known;
      const names = await candidateNames(runsFolder);
      const read = await Promise.all(
        names.map((name) => readEntry(join(runsFolder, name), before.get(name))),
      );
      known = new Map(names.flatMap((name, i) => (read[i] === undefined ? [] : [[name, read[i]] as const])));
      return [...known.values()]
        .map(({ record }) => record)
        .sort((a, b) => newestFirst(a.summary, b.summary));
    },
    async save() {
      const kept = new Map([...(known ?? [])].filter(([, entry]) => isWorthKeeping(entry)));
      if (known === undefined || hasSameEntries(kept, stored)) return;
      if (await writeIndex(runsFolder, kept)) stored = kept;
    },
  };
}

/** All runs of a folder, newest first, by way of its index. */
export async function listRecords(runsFolder: string): Promise<readonly RunRecord[]> {
  const index = createRunIndex(runsFolder);
  const records = await index.read();
  await index.save();
  return records;
}

/** The entry of a folder, undefined if it holds no run. */
async function readEntry(folder: string, before: IndexEntry | undefined): Promise<IndexEntry | undefined> {
  const changedAt = await changeTime(folder);
  if (before !== undefined && isFresh(before, changedAt)) return before;
  if (!(await isRunFolder(folder))) return undefined;
  const readAt = Date.now();
  const record = await readRecord(folder);
  const isSame = before !== undefined && JSON.stringify(record) === JSON.stringify(before.record);
  return { changedAt, readAt, record: isSame ? before.record : record };
}

function isFresh({ changedAt, readAt, record }: IndexEntry, now: number): boolean {
  return changedAt === now && readAt - changedAt > CLOCK_GRAIN_MS && record.summary.state === 'ended';
}

/** Crashed is what this machine concludes from its processes; another machine must look for itself. */
function isWorthKeeping(entry: IndexEntry): boolean {
  const { endState } = entry.record.summary;
  return isFresh(entry, entry.changedAt) && endState !== 'crashed' && endState !== 'unknown';
}

function hasSameEntries(a: ReadonlyMap<string, IndexEntry>, b: ReadonlyMap<string, IndexEntry>): boolean {
  return a.size === b.size && [...a].every(([name, entry]) => b.get(name) === entry);
}

function changeTime(folder: string): Promise<number> {
  return stat(folder).then(
    ({ mtimeMs }) => mtimeMs,
    () => NaN,
  );
}
