/** Starting a program of ours that outlives everything: its own session, no folder held, its words in a log. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { parse, resolve } from 'node:path';
import { cleanEnvironment } from './cleanEnvironment';

export interface DetachedProgram {
  /** Script and parameters, for the Node that runs this. */
  readonly commandLine: readonly string[];
  /** An open file that takes standard output and error. */
  readonly log: number;
  /** A folder it works on: it begins at the root of that file system, so that no folder is held. */
  readonly folder: string;
}

/** Spawns it; the caller lets it go with `unref` once it has shown itself. */
export function spawnDetached({ commandLine, log, folder }: DetachedProgram): ChildProcess {
  return spawn(process.execPath, commandLine, {
    detached: true,
    stdio: ['ignore', log, log],
    env: cleanEnvironment(process.env),
    cwd: parse(resolve(folder)).root,
    windowsHide: true,
  });
}
