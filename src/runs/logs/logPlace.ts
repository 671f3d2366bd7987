/**
 * Which log files are those of a run: all below the place that its command names, written while it ran. A run that is
 * no run of ours is its folder: what is below it belongs to it, but for runs of their own.
 */
import { dirname, relative, sep } from 'node:path';
import { isPartOfRun, tagPrefix } from '../../domain/run/logTags';
import { readCommandRun } from '../command/commandRun';
import { isRunFolder } from '../folder/findRun';
import { readExitFile, readRunFile } from '../folder/runFiles';
import type { LogFile } from './findLogs';
import { findLogs } from './findLogs';

/** A log file, and what stands before its tags. */
export interface RunLog extends LogFile {
  readonly prefix: string;
}

export interface LogPlace {
  /** Absolute path of the folder or file. */
  readonly root: string;
  readonly kind: 'command' | 'foreign';
  /** The logs that are there now. Never throws. */
  logs(): Promise<RunLog[]>;
}

/** Clocks of file systems are a little behind. */
const SLACK_MS = 2000;

/** Where the logs of a run folder lie, if its numbers are not written by a trainer of ours; undefined if they are. */
export async function findLogPlace(folder: string): Promise<LogPlace | undefined> {
  const command = await readCommandRun(folder);
  if (command !== undefined) return commandPlace(folder, command.logs);
  return (await isRunFolder(folder)) ? undefined : foreignPlace(folder);
}

/** The logs of a foreign run: those of its folder and of the parts of the run below it. */
export function foreignPlace(root: string): LogPlace {
  const logs = async () => {
    const files = (await findLogs(root)).filter(({ folders }) => folders.every(isPartOfRun));
    return files.map((file) => ({ ...file, prefix: tagPrefix(file.folders) }));
  };
  return { root, kind: 'foreign', logs };
}

function commandPlace(folder: string, root: string): LogPlace {
  const isOwn = !relative(folder, root).startsWith('..');
  let base: string | undefined;
  const logs = async () => {
    const files = (await findLogs(root)).filter(isOwn ? () => true : await wroteDuring(folder));
    base ??= baseOf(files);
    return files.map((file) => ({ ...file, prefix: prefixBelow(base ?? root, file, root) }));
  };
  return { root, kind: 'command', logs };
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
