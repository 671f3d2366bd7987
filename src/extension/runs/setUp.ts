/** Runs `supcon setup tensorflow` as a child and reads what it prints, a JSON message a line. */
import { spawn } from 'node:child_process';
import { HumanError, causeChain, wrapError } from '../../domain/errors';
import type { SetUpMessage } from '../../protocol/setUp';
import { parseSetUpMessage } from '../../protocol/setUp';
import { createLineSplitter } from '../../runs/lines';
import type { StarterProgram } from './starter';
import { environmentOf, missingNode } from './starter';

const LONGEST_LINE_BYTES = 1024 * 1024;
const KEPT_CHARACTERS = 500;

export interface SetUpRun {
  /** Beside `setup tensorflow --json`. */
  readonly options: readonly string[];
  readonly signal?: AbortSignal;
  readonly onMessage?: (message: SetUpMessage) => void;
}

/**
 * Runs set-up to its end.
 * @returns its last message; undefined once a cancelled one has ended
 * @throws HumanError with its sentence if it failed
 */
export async function runSetUp(program: StarterProgram, run: SetUpRun): Promise<SetUpMessage | undefined> {
  let last: SetUpMessage | undefined;
  const complaint = await execute(program, run, (message) => {
    last = message;
    run.onMessage?.(message);
  });
  if (run.signal?.aborted === true) return undefined;
  if (last?.type === 'failed') throw new HumanError(last.message);
  if (last === undefined || last.type === 'progress')
    throw new Error(`Set-up gave no answer, saying: ${complaint}`);
  return last;
}

/** Resolves with the end of what it wrote to standard error. */
function execute(
  program: StarterProgram,
  { options, signal }: SetUpRun,
  onMessage: (message: SetUpMessage) => void,
): Promise<string> {
  const { node, script, workingFolder } = program;
  return new Promise((resolve, reject) => {
    const child = spawn(node, [script, 'setup', 'tensorflow', '--json', ...options], {
      cwd: workingFolder,
      env: environmentOf(program),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let complaint = '';
    const lines = createLineSplitter(LONGEST_LINE_BYTES);
    child.stdout.on('data', (bytes: Buffer) => {
      try {
        lines
          .push(bytes)
          .map(parseSetUpMessage)
          .forEach((message) => message && onMessage(message));
      } catch (thrown) {
        complaint = causeChain(thrown);
        child.kill('SIGTERM');
      }
    });
    child.stderr.on(
      'data',
      (bytes: Buffer) => (complaint = (complaint + bytes.toString()).slice(-KEPT_CHARACTERS)),
    );
    const stop = () => void child.kill('SIGTERM');
    signal?.addEventListener('abort', stop);
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? missingNode(node) : wrapError('Starting set-up', error)),
    );
    child.once('close', () => {
      signal?.removeEventListener('abort', stop);
      resolve(complaint);
    });
  });
}
