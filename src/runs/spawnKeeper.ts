/**
 * Starting a keeper that outlives everything, and waiting until it has shown itself in the run folder. A
 * keeper that dies before that is reported with the last thing that it said.
 */
import type { ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError, toError } from '../domain/errors';
import { RUN_FILE } from '../domain/run/layout';
import { readRunFile, readStateFile } from './folder/runFiles';
import { spawnDetached } from './process/spawnDetached';

const SHOWN_POLL_MS = 20;
const SHOWN_DEADLINE_MS = 30_000;

/** The programs that a run is made of, and how it takes its turn. */
export interface Programs {
  /** Path of the bundled keeper. */
  readonly keeperPath: string;
  /** Path of the bundled trainer. */
  readonly trainerPath: string;
  /** `wait` for the runs before this one (the default), or start `now`. */
  readonly queue?: 'wait' | 'now';
  /** Version of SupCon Lab, for run.json. */
  readonly version: string;
  /** Further parameters of the keeper; only tests need them. */
  readonly keeperParameters?: readonly string[];
}

/** Spawns the keeper of a run folder; resolves when its first state is on disk. Throws HumanError if it dies. */
export async function spawnKeeper(folder: string, programs: Programs): Promise<void> {
  const log = openSync(join(folder, RUN_FILE.log), 'a');
  try {
    const keeper = spawnDetached({ commandLine: commandLine(folder, programs), log, folder });
    await shown(keeper, folder, fstatSync(log).size);
    keeper.unref();
  } finally {
    closeSync(log);
  }
}

function commandLine(folder: string, programs: Programs): string[] {
  const { keeperPath, trainerPath, queue, version, keeperParameters = [] } = programs;
  const now = queue === 'now' ? ['--now'] : [];
  return [
    resolve(keeperPath),
    resolve(folder),
    '--trainer',
    resolve(trainerPath),
    '--version',
    version,
    ...now,
    ...keeperParameters,
  ];
}

async function shown(keeper: ChildProcess, folder: string, logStart: number): Promise<void> {
  const death = { cause: undefined as string | undefined };
  keeper.once('error', (error) => (death.cause = toError(error).message));
  keeper.once('exit', (code, signal) => (death.cause ??= signal ?? `code ${code}`));
  const deadline = performance.now() + SHOWN_DEADLINE_MS;
  while (!(await hasShownItself(keeper.pid, folder))) {
    if (death.cause !== undefined)
      throw new HumanError(await obituary({ folder, logStart, cause: death.cause }));
    if (performance.now() > deadline) {
      keeper.kill('SIGKILL');
      throw new HumanError(
        'The run did not start within 30 seconds: the machine may be overloaded; try again.',
      );
    }
    await delay(SHOWN_POLL_MS);
  }
}

async function hasShownItself(pid: number | undefined, folder: string): Promise<boolean> {
  const segment = (await readRunFile(folder))?.segments.at(-1);
  if (segment === undefined || segment.keeper.pid !== pid) return false;
  return (await readStateFile(folder))?.segment === segment.index;
}

interface Death {
  readonly folder: string;
  /** Where in trainer.log the keeper's own words begin, in bytes. */
  readonly logStart: number;
  readonly cause: string;
}

async function obituary({ folder, logStart, cause }: Death): Promise<string> {
  const log = await readFile(join(folder, RUN_FILE.log)).catch(() => Buffer.alloc(0));
  const lines = log.subarray(logStart).toString('utf8').trim().split('\n');
  // Of a stack trace, the line that says what happened; the whole of it is in the log.
  const said = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
  return `The run could not be started, because its keeper ended at once (${cause}): ${said === '' ? 'it left no message.' : said}`;
}
