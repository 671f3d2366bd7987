/**
 * The log files below a folder: event files, `metrics.csv`, JSON lines. The search is bounded and follows no link to a
 * folder, so neither a loop nor a home folder that somebody names by mistake can hold it up.
 */
import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RUN_FILE } from '../../domain/run/layout';
import { HPARAMS_FILE } from '../../formats/logs/hparamsYaml';
import { foundLogKind, logKindOf } from '../../formats/logs/logKind';
import type { LogKind } from '../../formats/logs/logReader';

/** One log file. Times are milliseconds since 1970. */
export interface LogFile {
  readonly path: string;
  /** Names of the folders between the root of the search and the file. */
  readonly folders: readonly string[];
  readonly kind: LogKind;
  readonly bytes: number;
  readonly modifiedAt: number;
  readonly bornAt: number;
  /** Whether it lies in a folder of a run of ours. */
  readonly isOurs: boolean;
}

/** What a search found. */
export interface FoundLogs {
  /** In the order of their paths, folder by folder. */
  readonly logs: readonly LogFile[];
  /** Files with hyper-parameters. */
  readonly parameterFiles: readonly string[];
  /** Absolute paths of the folders in which a new log would be found, the root first. */
  readonly searched: readonly string[];
}

export interface FindOptions {
  /** Whether to search a folder, given the names from the root down to it; every one by default. */
  readonly enters?: (folders: readonly string[]) => boolean;
}

const DEEPEST = 8;
const MOST_FOLDERS = 5000;
const MOST_FILES = 10_000;
/** Folders that hold other things than logs, and many of them. */
const PASSED_OVER = /^(\.|node_modules$|__pycache__$|site-packages$|wandb$|mlruns$)/;
const NOTHING: FoundLogs = { logs: [], parameterFiles: [], searched: [] };

/** The logs below a folder, or the one that a path names; nothing where there is neither. Never throws. */
export async function findLogs(root: string, { enters = () => true }: FindOptions = {}): Promise<FoundLogs> {
  const inRoot = await entriesOf(root);
  if (inRoot === undefined) return named(root);
  const found: FoundLogs[] = [];
  let files = 0;
  let level: (readonly string[])[] = [[]];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: (readonly string[])[] = [];
    for (const folders of level) {
      if (found.length >= MOST_FOLDERS || files >= MOST_FILES) break;
      const entries = depth === 0 ? inRoot : ((await entriesOf(join(root, ...folders))) ?? []);
      const here = await logsAmong(entries, root, folders);
      found.push(here);
      files += here.logs.length;
      const below = entries.filter(isSearched).map(({ name }) => [...folders, name]);
      next.push(...below.filter(enters));
    }
    level = next;
  }
  return {
    logs: found
      .flatMap(({ logs }) => logs)
      .slice(0, MOST_FILES)
      .sort(byPath),
    parameterFiles: found.flatMap(({ parameterFiles }) => parameterFiles),
    searched: found.flatMap(({ searched }) => searched),
  };
}

/** Undefined for what is no folder, or cannot be read. */
function entriesOf(folder: string): Promise<readonly Dirent[] | undefined> {
  return readdir(folder, { withFileTypes: true }).catch(() => undefined);
}

async function named(path: string): Promise<FoundLogs> {
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isFile() !== true) return NOTHING;
  const kind = logKindOf(basename(path));
  const logs = kind === undefined ? [] : [describe(path, stats, { kind, folders: [], isOurs: false })];
  return { logs, parameterFiles: [], searched: [dirname(path)] };
}

async function logsAmong(
  entries: readonly Dirent[],
  root: string,
  folders: readonly string[],
): Promise<FoundLogs> {
  const folder = join(root, ...folders);
  const isOurs = entries.some(({ name }) => name === RUN_FILE.run || name === RUN_FILE.config);
  const logs = entries.map(async (entry) => {
    const kind = entry.isFile() || entry.isSymbolicLink() ? foundLogKind(entry.name) : undefined;
    if (kind === undefined) return [];
    const path = join(folder, entry.name);
    const stats = await stat(path).catch(() => undefined);
    return stats?.isFile() === true ? [describe(path, stats, { kind, folders, isOurs })] : [];
  });
  const hasParameters = entries.some((entry) => entry.name === HPARAMS_FILE && !entry.isDirectory());
  return {
    logs: (await Promise.all(logs)).flat(),
    parameterFiles: hasParameters ? [join(folder, HPARAMS_FILE)] : [],
    searched: [folder],
  };
}

function describe(
  path: string,
  { size, mtimeMs, birthtimeMs }: Stats,
  where: Pick<LogFile, 'kind' | 'folders' | 'isOurs'>,
): LogFile {
  // Where the file system does not know when a file was made, it was made when it was last written or before.
  const bornAt = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return { path, ...where, bytes: size, modifiedAt: mtimeMs, bornAt };
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && !PASSED_OVER.test(entry.name);
}

function byPath(a: LogFile, b: LogFile): number {
  const [left, right] = [dirname(a.path), dirname(b.path)];
  if (left !== right) return left < right ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}
