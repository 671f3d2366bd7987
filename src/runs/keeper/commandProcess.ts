/**
 * Any command as a child: spawned without a shell, as the leader of a process group of its own. It is asked to stop
 * as Ctrl+C would do it, the whole group at once, then terminated, then killed with all that it has started.
 */
import { spawn } from 'node:child_process';
import type { CommandRun } from '../command/commandRun';
import { commandEnvironment } from '../command/environment';
import { killTree, sendSignal } from '../process/kill';
import type { Log } from './log';
import type { RunProcess } from './runProcess';
import { endOf } from './runProcess';

/** Groups and signals as POSIX has them. */
const HAS_GROUPS = process.platform !== 'win32';

export interface CommandOptions {
  readonly command: CommandRun;
  /** The run folder. */
  readonly folder: string;
  readonly log: Log;
}

export interface CommandProcess extends RunProcess {
  /** Kills what is left of its group once it has ended. */
  sweepUp(): void;
}

/** Starts a command. Never throws. */
export function startCommand({ command, folder, log }: CommandOptions): CommandProcess {
  const child = spawn(command.program, command.arguments, {
    cwd: command.workingFolder,
    env: commandEnvironment(process.env, command.environment, folder),
    stdio: ['ignore', log.stdio, log.stdio],
    shell: false,
    detached: HAS_GROUPS,
    windowsHide: true,
  });
  const { pid } = child;
  const signal = (name: NodeJS.Signals) => {
    if (pid === undefined) return;
    if (!HAS_GROUPS || !sendSignal(-pid, name)) child.kill(name);
  };
  return {
    pid,
    ended: endOf(child),
    ask: () => signal('SIGINT'),
    interrupt: () => signal('SIGTERM'),
    kill: () => {
      if (pid !== undefined) void killTree(pid).then(() => signal('SIGKILL'));
    },
    sweepUp: () => {
      // The group's id cannot be given to others while one of its members lives.
      if (pid !== undefined && HAS_GROUPS) sendSignal(-pid, 'SIGKILL');
    },
  };
}
