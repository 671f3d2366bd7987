/**
 * The trainer as a child over Node's IPC. Its messages are parsed before anyone sees them; its end is
 * reported once, after the last message that it sent has been read.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '../../domain/errors';
import type { KeeperMessage, TrainerMessage } from '../../protocol/trainer';
import { parseTrainerMessage } from '../../protocol/trainer';
import { cleanEnvironment } from '../process/cleanEnvironment';
import { killTree } from '../process/kill';
import type { Log } from './log';
import type { TrainerEnd } from './outcome';

/** How long after its death the trainer's last messages may take to be read. */
const LAST_MESSAGES_MS = 500;

export interface TrainerOptions {
  readonly trainerPath: string;
  readonly folder: string;
  readonly log: Log;
  readonly onMessage: (message: TrainerMessage) => void;
}

export interface TrainerProcess {
  /** Undefined if it could not be started. */
  readonly pid: number | undefined;
  /** Resolves once, whatever happens. */
  readonly ended: Promise<TrainerEnd>;
  send(message: KeeperMessage): void;
  interrupt(): void;
  kill(): void;
}

/** Starts the trainer on a run folder. Never throws. */
export function startTrainer({ trainerPath, folder, log, onMessage }: TrainerOptions): TrainerProcess {
  const child = fork(trainerPath, [folder], {
    serialization: 'advanced',
    stdio: ['ignore', log.stdio, log.stdio, 'ipc'],
    env: cleanEnvironment(process.env),
    execArgv: [],
    cwd: parse(folder).root,
  });
  child.on('message', (raw) => {
    const message = parseTrainerMessage(raw);
    if (message === undefined) log.once('message', 'The trainer sent a message that is none; it is ignored.');
    else onMessage(message);
  });
  return {
    pid: child.pid,
    ended: endOf(child),
    send: (message) => {
      if (child.connected) child.send(message, () => undefined);
    },
    interrupt: () => void child.kill('SIGINT'),
    kill: () => {
      if (child.pid !== undefined) void killTree(child.pid);
    },
  };
}

async function endOf(child: ChildProcess): Promise<TrainerEnd> {
  const disconnected = once(child, 'disconnect').catch(() => undefined);
  const spawnError = new Promise<TrainerEnd>((resolve) => {
    child.on('error', (error) => {
      if (child.pid === undefined) resolve({ code: null, signal: null, spawnError: toError(error).message });
    });
  });
  const exit = new Promise<TrainerEnd>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal, spawnError: null }));
  });
  const end = await Promise.race([spawnError, exit]);
  if (end.spawnError === null) await Promise.race([disconnected, delay(LAST_MESSAGES_MS)]);
  return end;
}
