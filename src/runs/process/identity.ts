/**
 * Who a process is: its id together with its start time, because ids are used again. The start time is an
 * opaque text per operating system; on Linux it holds the boot id, so that no identity survives a reboot.
 * A zombie has ended, whatever its parent has yet to notice.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ProcessIdentity } from '../../domain/run/state';
import { parseProcStat } from './procStat';

const run = promisify(execFile);
const QUERY_TIMEOUT_MS = 10_000;

/** The identity of a living process; undefined if there is none with this id. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | undefined> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const startTime = await startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** The identity of this very process. */
export async function identifySelf(): Promise<ProcessIdentity> {
  return (await identifyProcess(process.pid)) ?? { pid: process.pid, startTime: 'unknown' };
}

/** Whether exactly this process still lives. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  return now !== undefined && now.startTime === identity.startTime;
}

function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxStartTime(pid);
  return process.platform === 'win32' ? windowsStartTime(pid) : posixStartTime(pid);
}

async function linuxStartTime(pid: number): Promise<string | undefined> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const stat = parseProcStat(line);
  if (stat === undefined || stat.state === 'Z' || stat.state === 'X') return undefined;
  return `${await bootId()}/${stat.startTicks}`;
}

let knownBootId: string | undefined;

async function bootId(): Promise<string> {
  knownBootId ??= (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => 'boot')).trim();
  return knownBootId;
}

async function posixStartTime(pid: number): Promise<string | undefined> {
  const line = await answerOf('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const [state, ...start] = line.split(/\s+/);
  return state === undefined || start.length === 0 || state.startsWith('Z') ? undefined : start.join(' ');
}

async function windowsStartTime(pid: number): Promise<string | undefined> {
  const script = `(Get-Process -Id ${pid}).StartTime.ToUniversalTime().Ticks`;
  const line = await answerOf('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
  return /^\d+$/.test(line) ? line : undefined;
}

/** Trimmed standard output of a program; empty if it fails, as it does for a process that is gone. */
async function answerOf(program: string, parameters: string[]): Promise<string> {
  const options = {
    timeout: QUERY_TIMEOUT_MS,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
  };
  return run(program, parameters, options).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
}
