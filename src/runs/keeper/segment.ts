/**
 * A segment is one stretch of a run between a start or resume and its end. Opening one appends to run.json
 * and puts the exit record of the segment before aside; closing one writes exit.json. Nothing is overwritten.
 */
import { rename, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError, toError } from '../../domain/errors';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { ExitFile, ProcessIdentity, RunFile } from '../../domain/run/state';
import { writeFileAtomically } from '../../formats/files';
import { errorCode } from '../folder/fileError';
import { readExitFile, readRunFile } from '../folder/runFiles';
import { isAlive } from '../process/identity';
import type { Log } from './log';

const EXIT_TRIES = 120;
const EXIT_RETRY_MS = 1000;

export interface SegmentOptions {
  readonly folder: string;
  readonly keeper: ProcessIdentity;
  readonly socket: string;
  readonly version: string;
}

/** Appends a segment to run.json and returns the file's new content. Throws HumanError if another one is open. */
export async function openSegment(options: SegmentOptions): Promise<{ run: RunFile; index: number }> {
  const { folder, keeper, socket } = options;
  const before = (await readRunFile(folder)) ?? newRun(folder, options.version);
  const last = before.segments.at(-1);
  const hasEnded = (await readExitFile(folder))?.segment === last?.index;
  if (last !== undefined && !hasEnded && (await isAlive(last.keeper))) {
    throw new HumanError(`The run ${before.id} is running already: stop it before resuming it.`);
  }
  const index = (last?.index ?? -1) + 1;
  // The host is that of the segment which may live: only there can be seen whether it does.
  const run = {
    ...before,
    host: hostname(),
    segments: [...before.segments, { index, startedAt: Date.now(), keeper, socket }],
  };
  await writeFileAtomically(join(folder, RUN_FILE.run), json(run));
  return { run, index };
}

/** Renames the exit record of an earlier segment to `exit.<index>.json`. */
export async function putExitAside(folder: string): Promise<void> {
  const exit = await readExitFile(folder);
  if (exit === undefined) return;
  const aside = join(folder, `exit.${exit.segment}.json`);
  const taken = await stat(aside).then(yes, no);
  if (!taken) await rename(join(folder, RUN_FILE.exit), aside);
}

/** Writes exit.json; a full disk is waited for, a deleted run folder is not made again. */
export async function writeExit(folder: string, exit: ExitFile, log: Log): Promise<void> {
  for (let tries = 0; tries < EXIT_TRIES; tries++) {
    try {
      await writeFileAtomically(join(folder, RUN_FILE.exit), json(exit));
      return;
    } catch (error) {
      log.once('exit', `exit.json cannot be written: ${toError(error).message}`);
      if (errorCode(error) === 'ENOENT') return;
      await delay(EXIT_RETRY_MS);
    }
  }
}

function newRun(folder: string, version: string): RunFile {
  const id = basename(folder);
  return {
    formatVersion: FORMAT_VERSION,
    id,
    createdAt: Date.now(),
    host: hostname(),
    version,
    segments: [],
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

const yes = () => true;
const no = () => false;
