/**
 * The version of NVIDIA's driver, for environment.json: figures of one program differ between drivers. The kernel tells
 * it in a file; where there is none (Windows, WSL) the driver's own tool is asked, and not waited for.
 */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const KERNEL_FILE = '/proc/driver/nvidia/version';
const IN_KERNEL_FILE = /Kernel Module\b.*?\s(\d+(?:\.\d+)+)(?:\s|$)/;
const VERSION = /^\d+(\.\d+)+$/;
const QUESTION = ['--query-gpu=driver_version', '--format=csv,noheader'];
const TIMEOUT_MS = 3000;

const run = promisify(execFile);

/** Where the version is looked for; this machine's by default. */
export interface DriverPlaces {
  readonly kernelFile?: string;
  readonly tool?: string;
}

/** The version by the name `nvidia-driver`, for the versions of environment.json; empty without a driver. Never throws. */
export async function graphicsDriver(places: DriverPlaces = {}): Promise<Readonly<Record<string, string>>> {
  const { kernelFile = KERNEL_FILE, tool = 'nvidia-smi' } = places;
  const text = await readFile(kernelFile, 'utf8').catch(() => '');
  const version = IN_KERNEL_FILE.exec(text)?.[1] ?? (await askTool(tool));
  return version === undefined ? {} : { 'nvidia-driver': version };
}

async function askTool(tool: string): Promise<string | undefined> {
  const options = { timeout: TIMEOUT_MS, killSignal: 'SIGKILL', windowsHide: true } as const;
  const printed = await run(tool, QUESTION, options).then(
    ({ stdout }) => stdout,
    () => '',
  );
  // One line a card, all of one driver.
  return printed
    .split('\n')
    .map((line) => line.trim())
    .find((line) => VERSION.test(line));
}
