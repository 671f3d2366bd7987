/**
 * Which files hold the numbers of a run: its event files, `metrics.csv` and JSON lines, and those of child folders. A child
 * that PyTorch named by a float holds hyper-parameters and folds into its parent; others give their name to their tags.
 */
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RUN_FILE } from '../../domain/run/layout';
import { HPARAMS_FILE } from '../../formats/logs/hparamsYaml';
import { foundLogKind, logKindOf } from '../../formats/logs/logKind';
import type { LogKind } from '../../formats/logs/logReader';
import type { LogPlace } from '../logs/logPlace';

/** A file with numbers of a run. */
export interface LogFile {
  readonly path: string;
  readonly kind: LogKind;
  /** Written before its tags: its child folder with a slash, or nothing. */
  readonly prefix: string;
}

/** What was found for a run. */
export interface FoundLogs {
  /** In the order in which they are read: folder by folder, by name. */
  readonly files: readonly LogFile[];
  /** Files with hyper-parameters. */
  readonly parameterFiles: readonly string[];
  /** Whether any of the paths exists. */
  readonly isThere: boolean;
}

/** torch and tensorboardX name the folder of hyper-parameters by the time, for example `1700000000.123`. */
const TIME_NAME = /^\d+\.\d+$/;
const MOST_FILES = 5000;

/**
 * The files of a run. A command has a place for its logs; all others are looked for where the source says.
 * @param place that of the run, undefined for a training of ours; the same at every call, because it keeps its prefixes
 * @param isOther whether a folder belongs to another run
 */
export async function findRunLogs(
  paths: readonly string[],
  place: LogPlace | undefined,
  isOther: (folder: string) => boolean,
): Promise<FoundLogs> {
  if (place?.kind !== 'command') return findLogs(paths, isOther);
  const logs = await place.logs();
  return {
    files: logs.map(({ path, kind, prefix }) => ({ path, kind, prefix })).sort(eventsFirst),
    parameterFiles: [...new Set(logs.map(({ path }) => join(dirname(path), HPARAMS_FILE)))].filter(
      existsSync,
    ),
    isThere: true,
  };
}

/** @param isOther whether a folder belongs to another run */
async function findLogs(paths: readonly string[], isOther: (folder: string) => boolean): Promise<FoundLogs> {
  const found = await Promise.all(paths.map((path) => findAt(resolve(path), isOther)));
  const files = new Map(found.flatMap((each) => each.files).map((file) => [file.path, file]));
  return {
    files: [...files.values()].slice(0, MOST_FILES),
    parameterFiles: [...new Set(found.flatMap((each) => each.parameterFiles))],
    isThere: found.some(({ isThere }) => isThere),
  };
}

async function findAt(path: string, isOther: (folder: string) => boolean): Promise<FoundLogs> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() === true) return namedFile(path);
  if (stats?.isDirectory() !== true) return NOTHING;
  const own = await findIn(path, '');
  const children = await Promise.all(
    own.folders
      .map((name) => join(path, name))
      .filter((folder) => !isOther(folder))
      .map((folder) => findIn(folder, TIME_NAME.test(basename(folder)) ? '' : `${basename(folder)}/`)),
  );
  const all = [own, ...children];
  return {
    files: all.flatMap(({ files }) => files),
    parameterFiles: own.parameterFiles,
    isThere: true,
  };
}

/** So that their tags keep their names where a CSV has the same ones. */
function eventsFirst(a: LogFile, b: LogFile): number {
  return Number(a.kind !== 'events') - Number(b.kind !== 'events');
}

const NOTHING: FoundLogs = { files: [], parameterFiles: [], isThere: false };

function namedFile(path: string): FoundLogs {
  const kind = logKindOf(basename(path));
  const files = kind === undefined ? [] : [{ path, kind, prefix: '' }];
  return { files, parameterFiles: [], isThere: true };
}

/** In a run folder of our own only event files are logs: the other files have their readers. */
async function findIn(folder: string, prefix: string): Promise<FoundLogs & { folders: string[] }> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const isOurs = names.includes(RUN_FILE.run) || names.includes(RUN_FILE.config);
  const files = names.sort().flatMap((name): LogFile[] => {
    const kind = foundLogKind(name);
    if (kind === undefined || (isOurs && kind !== 'events')) return [];
    return [{ path: join(folder, name), kind, prefix }];
  });
  return {
    files: files.sort(eventsFirst),
    parameterFiles: names.includes(HPARAMS_FILE) && !isOurs ? [join(folder, HPARAMS_FILE)] : [],
    isThere: true,
    folders: isOurs
      ? []
      : entries
          .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
          .map(({ name }) => name)
          .sort(),
  };
}
