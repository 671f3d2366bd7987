/** git, asked read-only and without a shell; whoever asks handles that it may fail. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const GIT_TIMEOUT_MS = 10_000;
const LARGEST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** A repository's own configuration may name programs; none of them is wanted here. */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '--no-pager'];

/** What git prints when it is asked in a folder. Rejects if git is missing, fails or takes too long. */
export async function git(folder: string, parameters: readonly string[]): Promise<string> {
  const { stdout } = await run('git', [...SAFE, ...parameters], {
    cwd: folder,
    timeout: GIT_TIMEOUT_MS,
    maxBuffer: LARGEST_OUTPUT_BYTES,
    windowsHide: true,
    env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
  });
  return stdout;
}
