/**
 * The index of a runs folder on disk: records of runs that have ended, with the time of their folder when they were
 * read. It is a cache: a missing, damaged or foreign one reads as empty, and one that cannot be written costs time alone.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { isObject } from '../../domain/configuration/override';
import type { RunRecord, Settings } from '../../domain/run/record';
import { writeFileAtomically } from '../../formats/files';
import { runSummarySchema } from '../../protocol/run';
import { cacheFolder } from '../folder/cacheFolder';
import { parseJsonLine } from '../lines';

/** A run as it was read. Times are milliseconds since 1970. */
export interface IndexEntry {
  /** Modification time of the run's folder before it was read. */
  readonly changedAt: number;
  readonly readAt: number;
  readonly record: RunRecord;
}

/** Raised whenever a record means something else than before, so that no older index is believed. */
const INDEX_VERSION = 1;
const FILE_NAME = 'runs.json';

/** A thousand runs have a hundred thousand settings: looking at each by hand takes a tenth of a schema's time. */
const settingsSchema = v.custom<Settings>(
  (value) => isObject(value) && Object.values(value).every(isSetting),
);
const recordSchema = v.object({
  summary: runSummarySchema,
  settings: settingsSchema,
  figures: v.record(v.string(), v.number()),
});
const entrySchema = v.object({ changedAt: v.number(), readAt: v.number(), record: recordSchema });
const indexSchema = v.object({
  version: v.literal(INDEX_VERSION),
  entries: v.record(v.string(), v.unknown()),
});

/** The index file of a runs folder. */
export function indexPath(runsFolder: string): string {
  return join(cacheFolder(runsFolder), FILE_NAME);
}

/** The entries by folder name; a damaged one is left out. Never throws. */
export async function readIndex(runsFolder: string): Promise<Map<string, IndexEntry>> {
  const text = await readFile(indexPath(runsFolder), 'utf8').catch(() => '');
  const index = v.safeParse(indexSchema, parseJsonLine(text));
  if (!index.success) return new Map();
  const entries = Object.entries(index.output.entries).flatMap(([name, value]) => {
    const entry = v.safeParse(entrySchema, value);
    return entry.success ? [[name, placed(entry.output, join(runsFolder, name))] as const] : [];
  });
  return new Map(entries);
}

/** Replaces the index in one move. Resolves with false if it cannot be written. */
export async function writeIndex(
  runsFolder: string,
  entries: ReadonlyMap<string, IndexEntry>,
): Promise<boolean> {
  const path = indexPath(runsFolder);
  const content = JSON.stringify({ version: INDEX_VERSION, entries: Object.fromEntries(entries) });
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomically(path, content);
    return true;
  } catch {
    return false;
  }
}

/** The folder is where the index was found, whatever it says: runs folders are moved, and files can lie. */
function placed({ record, ...times }: IndexEntry, folder: string): IndexEntry {
  return { ...times, record: { ...record, summary: { ...record.summary, folder } } };
}

function isSetting(value: unknown): boolean {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
