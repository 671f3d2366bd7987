/**
 * Which log files are those of a run. Of a training of ours: the event files of its folder. Of a command: all below the
 * place that it names, written while it ran. A run that is no run of ours is its folder: what is below it belongs to it,
 * but for runs of their own.
 */
import { dirname, join, relative, resolve, sep } from 'node:path';
import { RUN_FILE } from '../../domain/run/layout';
import { isPartOfRun, tagPrefix } from '../../domain/run/logTags';
import type { LogKind } from '../../formats/logs/logReader';
import { readCommandRun } from '../command/commandRun';
import { namesIn } from '../folder/namesIn';
import { nearestFolder } from '../folder/nearestFolder';
import { readExitFile, readRunFile } from '../folder/runFiles';
import type { FoundLogs, LogFile } from './findLogs';
import { findLogs } from './findLogs';

/** A log file, and what stands before its tags. */
export interface RunLog {
  readonly path: string;
  readonly kind: LogKind;
  /** Names of folders, each with a slash, or nothing. */
  readonly prefix: string;
}

/** A log as it was found. */
export interface PlacedLog extends RunLog {
  readonly bytes: number;
}

/** The logs of a run at one moment. */
export interface PlacedLogs {
  /** Event files first, so that their tags keep their names where another log has the same ones; else by path. */
  readonly logs: readonly PlacedLog[];
  /** Files with hyper-parameters. */
  readonly parameterFiles: readonly string[];
  /** Folders in which more may appear, or begin to exist. */
  readonly folders: readonly string[];
  /** False where there is no run. */
  readonly isThere: boolean;
}

export interface LogPlace {
  /** Who writes the logs: a trainer of ours, a command that we started, or somebody else. */
  readonly kind: 'training' | 'command' | 'foreign';
  /** The logs that are there now. Rejects where a file of the run that says which they are is damaged. */
  logs(): Promise<PlacedLogs>;
}

export interface PlaceOptions {
  /** Folders or files with the numbers of the run, if it is no command; its own folder by default. */
  readonly paths?: readonly string[];
  /**
   * Whether a folder belongs to another run. Without it only parts of a run (`train`, `validation`) are looked for below
   * a foreign one; with it, the other folders in it too.
   */
  readonly isOther?: (folder: string) => boolean;
}

/** Clocks of file systems are a little behind. */
const SLACK_MS = 2000;

/** Where the logs of a run lie. Rejects with HumanError if its configuration cannot be read. */
export async function findLogPlace(
  folder: string,
  { paths = [folder], isOther }: PlaceOptions = {},
): Promise<LogPlace> {
  const names = await namesIn(folder);
  const command = names.has(RUN_FILE.config) ? await readCommandRun(folder) : undefined;
  if (command !== undefined) return commandPlace(folder, command.logs);
  if (names.has(RUN_FILE.config) || names.has(RUN_FILE.run)) return trainingPlace(paths);
  return { kind: 'foreign', logs: () => logsAt(paths, (path) => foreignLogs(path, isOther)) };
}

/** Where a trainer of ours writes. */
export function trainingPlace(paths: readonly string[]): LogPlace {
  return { kind: 'training', logs: () => logsAt(paths, trainingLogs) };
}

async function logsAt(
  paths: readonly string[],
  look: (path: string) => Promise<PlacedLogs>,
): Promise<PlacedLogs> {
  return joined(await Promise.all([...new Set(paths.map((path) => resolve(path)))].map(look)));
}

/** What lies in folders below is somebody else's. */
async function trainingLogs(path: string): Promise<PlacedLogs> {
  const found = await findLogs(path, { enters: () => false });
  const logs = found.logs.filter(({ kind }) => kind === 'events').map((log) => ({ ...log, prefix: '' }));
  return placed(path, { ...found, logs, parameterFiles: [] });
}

async function foreignLogs(path: string, isOther: PlaceOptions['isOther']): Promise<PlacedLogs> {
  const isChild = (folders: readonly string[]) => folders.length === 1 && isOther !== undefined;
  const enters = (folders: readonly string[]) =>
    (folders.every(isPartOfRun) || isChild(folders)) && isOther?.(join(path, ...folders)) !== true;
  const found = await findLogs(path, { enters });
  const logs = found.logs
    .filter(({ isOurs, kind }) => !isOurs || kind === 'events')
    .map((log) => ({ ...log, prefix: tagPrefix(log.folders) }));
  const parameterFiles = found.parameterFiles.filter((file) => dirname(file) === path);
  return placed(path, { ...found, logs, parameterFiles });
}

function commandPlace(folder: string, root: string): LogPlace {
  const isOwn = !relative(folder, root).startsWith('..');
  let base: string | undefined;
  const logs = async () => {
    const found = await findLogs(root);
    const files = found.logs.filter(isOwn ? () => true : await wroteDuring(folder));
    base ??= baseOf(files);
    const own = files.map((file) => ({ ...file, prefix: prefixBelow(base ?? root, file, root) }));
    const beside = new Set(files.map(({ path }) => dirname(path)));
    const parameterFiles = found.parameterFiles.filter((file) => beside.has(dirname(file)));
    return { ...(await placed(root, { ...found, logs: own, parameterFiles })), isThere: true };
  };
  return { kind: 'command', logs };
}

/** A place that does not exist yet begins in the folder that will hold it. */
async function placed(
  root: string,
  { logs, parameterFiles, searched }: Omit<FoundLogs, 'logs'> & { readonly logs: readonly PlacedLog[] },
): Promise<PlacedLogs> {
  const isThere = searched.length > 0;
  const folders = isThere ? searched : [await nearestFolder(root)];
  const own = logs.map(({ path, kind, prefix, bytes }) => ({ path, kind, prefix, bytes }));
  return { logs: own.sort(eventsFirst), parameterFiles, folders, isThere };
}

function joined(places: readonly PlacedLogs[]): PlacedLogs {
  const logs = new Map(places.flatMap((place) => place.logs).map((log) => [log.path, log]));
  return {
    logs: [...logs.values()].sort(eventsFirst),
    parameterFiles: [...new Set(places.flatMap((place) => place.parameterFiles))],
    folders: [...new Set(places.flatMap(({ folders }) => folders))],
    isThere: places.some(({ isThere }) => isThere),
  };
}

function eventsFirst(a: RunLog, b: RunLog): number {
  return Number(a.kind !== 'events') - Number(b.kind !== 'events');
}

/** In a folder that other runs write to as well, only what was written while this one ran is of this one. */
async function wroteDuring(folder: string): Promise<(file: LogFile) => boolean> {
  const [run, exit] = await Promise.all([readRunFile(folder), readExitFile(folder)]);
  const from = (run?.segments[0]?.startedAt ?? 0) - SLACK_MS;
  const to = (exit?.endedAt ?? Infinity) + SLACK_MS;
  return ({ modifiedAt, bornAt }) => modifiedAt >= from && bornAt <= to;
}

/** Scripts log into a folder with a date in its name; tags are told from there, where the first file was made. */
function baseOf(files: readonly LogFile[]): string | undefined {
  const [first] = [...files].sort((a, b) => a.bornAt - b.bornAt || a.folders.length - b.folders.length);
  if (first === undefined) return undefined;
  const folder = dirname(first.path);
  return isPartOfRun(first.folders.at(-1) ?? '') ? dirname(folder) : folder;
}

function prefixBelow(base: string, { path, folders }: LogFile, root: string): string {
  const below = relative(base, dirname(path));
  if (base !== root && below.startsWith('..')) return tagPrefix(folders);
  return tagPrefix(below === '' ? [] : below.split(sep));
}
