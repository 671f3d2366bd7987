/**
 * Ending processes for good. A trainer may have children of its own (a data loader's helper, nvidia-smi), so
 * the last rung of the stop ladder kills the whole tree, deepest first, and only ever by recorded id.
 */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { parseProcStat } from './procStat';

const run = promisify(execFile);

/** A process id with the id of its parent. */
export interface Kinship {
  readonly pid: number;
  readonly parent: number;
}

/** Kills a process and everything that descends from it. Never throws; what is gone already is fine. */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === 'win32') {
    await run('taskkill', ['/T', '/F', '/PID', String(pid)]).catch(() => undefined);
    return;
  }
  const family = descendantsOf(pid, await everyProcess().catch(() => []));
  for (const member of [...family.reverse(), pid]) sendSignal(member, 'SIGKILL');
}

/** Sends a signal; false if there is no such process, or it is not ours. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** The descendants of a process, parents before their children. */
export function descendantsOf(root: number, everyone: readonly Kinship[]): number[] {
  const family = [root];
  for (const member of family) {
    for (const { pid, parent } of everyone) {
      if (parent === member && !family.includes(pid)) family.push(pid);
    }
  }
  return family.slice(1);
}

async function everyProcess(): Promise<Kinship[]> {
  return process.platform === 'linux' ? processesOfLinux() : processesOfPosix();
}

async function processesOfLinux(): Promise<Kinship[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = async (id: string): Promise<Kinship[]> => {
    const stat = parseProcStat(await readFile(`/proc/${id}/stat`, 'utf8').catch(() => ''));
    return stat === undefined ? [] : [{ pid: Number(id), parent: stat.parent }];
  };
  return (await Promise.all(ids.map(read))).flat();
}

async function processesOfPosix(): Promise<Kinship[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=']);
  return stdout.split('\n').flatMap((line) => {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    return pid === undefined || parent === undefined ? [] : [{ pid, parent }];
  });
}
