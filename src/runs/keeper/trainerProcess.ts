/**
 * The trainer as a child over Node's IPC. Its messages are parsed before anyone sees them; its end is
 * reported once, after the last message that it sent has been read.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parse } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { KeeperMessage, TrainerMessage } from '../../protocol/trainer';
import { parseTrainerMessage } from '../../protocol/trainer';
import { cleanEnvironment } from '../process/cleanEnvironment';
import { killTree } from '../process/kill';
import type { Log } from './log';
import type { ProcessEnd, RunProcess } from './runProcess';
import { endOf } from './runProcess';

/** How long after its death the trainer's last messages may take to be read. */
const LAST_MESSAGES_MS = 500;

export interface TrainerOptions {
  readonly trainerPath: string;
  readonly folder: string;
  readonly log: Log;
  readonly onMessage: (message: TrainerMessage) => void;
}

/** Starts the trainer on a run folder. Never throws. */
export function startTrainer({ trainerPath, folder, log, onMessage }: TrainerOptions): RunProcess {
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
    ended: endAfterLastMessage(child),
    ask: () => {
      const stop: KeeperMessage = { type: 'stop' };
      if (child.connected) child.send(stop, () => undefined);
    },
    interrupt: () => void child.kill('SIGINT'),
    kill: () => {
      if (child.pid !== undefined) void killTree(child.pid);
    },
  };
}

async function endAfterLastMessage(child: ChildProcess): Promise<ProcessEnd> {
  const disconnected = once(child, 'disconnect').catch(() => undefined);
  const end = await endOf(child);
  if (end.spawnError === null) await Promise.race([disconnected, delay(LAST_MESSAGES_MS)]);
  return end;
}
