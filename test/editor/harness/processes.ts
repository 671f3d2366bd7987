/** What runs on this machine, by command line (Linux only: read from /proc). */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** One living process. */
export interface RunningProcess {
  readonly pid: number;
  readonly parent: number;
  /** Its arguments, joined by spaces. */
  readonly command: string;
}

/** The processes whose command line contains a text, ourselves left out. Zombies have no command line. */
export function processesNaming(text: string): readonly RunningProcess[] {
  return everyProcess().filter(({ pid, command }) => pid !== process.pid && command.includes(text));
}

/** The children of a process, their children, and so on. */
export function descendantsOf(ancestor: number): readonly RunningProcess[] {
  const all = everyProcess();
  const below = (parent: number): readonly RunningProcess[] =>
    all.filter((each) => each.parent === parent).flatMap((child) => [child, ...below(child.pid)]);
  return below(ancestor);
}

function everyProcess(): readonly RunningProcess[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map((pid) => ({ pid: Number(pid), parent: parentOf(pid), command: commandLine(pid) }));
}

/** Kills every process whose command line contains a text, and waits until they are gone (2 s at most). */
export async function killProcessesNaming(text: string): Promise<void> {
  for (const { pid } of processesNaming(text)) kill(pid);
  for (let i = 0; i < 20 && processesNaming(text).length > 0; i++) await sleep(100);
}

function commandLine(pid: string): string {
  return readProcFile(pid, 'cmdline').replaceAll('\0', ' ').trim();
}

/** The fourth field of stat; the second, a name in brackets, may hold anything. */
function parentOf(pid: string): number {
  const stat = readProcFile(pid, 'stat');
  return Number(
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(1) ?? 0,
  );
}

/** Empty when the process has ended in the meantime. */
function readProcFile(pid: string, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself in the meantime.
  }
}
