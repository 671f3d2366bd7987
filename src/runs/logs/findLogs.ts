/**
 * The log files below a folder: event files, `metrics.csv`, JSON lines. The search is bounded and follows no link, so
 * neither a loop nor a home folder that somebody names by mistake can hold it up.
 */
import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
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
}

const DEEPEST = 8;
const MOST_FOLDERS = 5000;
const MOST_FILES = 10_000;
/** Folders that hold other things than logs, and many of them. */
const PASSED_OVER = /^(\.|node_modules$|__pycache__$|site-packages$|wandb$|mlruns$)/;

/** The logs below a folder, or the one that a path names; in the order of their paths. Never throws. */
export async function findLogs(root: string): Promise<LogFile[]> {
  const stats = await stat(root).catch(() => undefined);
  if (stats?.isFile() === true) return named(root, stats);
  const found: LogFile[] = [];
  let visited = 0;
  let level: (readonly string[])[] = [[]];
  for (let depth = 0; depth <= DEEPEST && level.length > 0; depth++) {
    const next: (readonly string[])[] = [];
    for (const folders of level) {
      if (++visited > MOST_FOLDERS || found.length >= MOST_FILES) break;
      const entries = await readdir(join(root, ...folders), { withFileTypes: true }).catch(() => []);
      found.push(...(await logsAmong(entries, root, folders)));
      next.push(...entries.filter(isSearched).map(({ name }) => [...folders, name]));
    }
    level = next;
  }
  return found.slice(0, MOST_FILES).sort(byPath);
}

function named(path: string, stats: Stats): LogFile[] {
  const kind = logKindOf(basename(path));
  return kind === undefined ? [] : [describe(path, stats, { kind, folders: [] })];
}

async function logsAmong(
  entries: readonly Dirent[],
  root: string,
  folders: readonly string[],
): Promise<LogFile[]> {
  const logs = entries.map(async (entry) => {
    const kind = entry.isFile() || entry.isSymbolicLink() ? foundLogKind(entry.name) : undefined;
    if (kind === undefined) return [];
    const path = join(root, ...folders, entry.name);
    const stats = await stat(path).catch(() => undefined);
    return stats?.isFile() === true ? [describe(path, stats, { kind, folders })] : [];
  });
  return (await Promise.all(logs)).flat();
}

function describe(
  path: string,
  { size, mtimeMs, birthtimeMs }: Stats,
  { kind, folders }: Pick<LogFile, 'kind' | 'folders'>,
): LogFile {
  // Where the file system does not know when a file was made, it was made when it was last written or before.
  const bornAt = birthtimeMs > 0 ? Math.min(birthtimeMs, mtimeMs) : mtimeMs;
  return { path, folders, kind, bytes: size, modifiedAt: mtimeMs, bornAt };
}

function isSearched(entry: Dirent): boolean {
  return entry.isDirectory() && !PASSED_OVER.test(entry.name);
}

function byPath(a: LogFile, b: LogFile): number {
  const [left, right] = [dirname(a.path), dirname(b.path)];
  if (left !== right) return left < right ? -1 : 1;
  return a.path < b.path ? -1 : 1;
}
