/** Programs that set-up runs: an argument list, never a shell; their last words are kept, and they end with us. */
import { spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';

/** How a program ended. */
export interface Ended {
  /** Null if a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what it printed on both streams. */
  readonly output: string;
}

export interface RunOptions extends Pick<SpawnOptions, 'cwd' | 'env'> {
  readonly signal?: AbortSignal | undefined;
}

const KEPT_CHARACTERS = 20_000;
/** How long a cancelled program may take to end of itself. */
const GRACE_MS = 5000;

/**
 * Runs a program to its end. Rejects if it cannot be started, and with an AbortError once a cancelled one has ended
 * with all its own children: pip has helpers, and a build has compilers.
 */
export function runProgram(
  program: string,
  parameters: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const { signal: cancel, ...rest } = options;
  cancel?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...rest,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: HAS_GROUPS,
      windowsHide: true,
    });
    let output = '';
    const keep = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-KEPT_CHARACTERS));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const release = endOnAbort(child, cancel);
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('close', (code, signal) => {
      release();
      if (cancel?.aborted === true) reject(abortError(cancel));
      else resolve({ code, signal, output });
    });
  });
}

/** Where a process can lead a group, so that one signal reaches its children too. */
const HAS_GROUPS = process.platform !== 'win32';

/** Interrupts a child once cancelled, and kills it if it stays; gives what calls that off. */
function endOnAbort(child: ChildProcess, cancel: AbortSignal | undefined): () => void {
  let deadline: NodeJS.Timeout | undefined;
  const stop = () => {
    signalGroup(child, 'SIGINT');
    deadline = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS);
  };
  cancel?.addEventListener('abort', stop);
  return () => {
    clearTimeout(deadline);
    cancel?.removeEventListener('abort', stop);
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(HAS_GROUPS ? -child.pid : child.pid, signal);
  } catch {
    // It has ended already.
  }
}

function abortError(cancel: AbortSignal): Error {
  return cancel.reason instanceof Error ? cancel.reason : new DOMException('Cancelled', 'AbortError');
}
