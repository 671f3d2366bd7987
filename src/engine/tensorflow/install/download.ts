/** Brings every pinned file into the download folder and proves each one; what is there already is not fetched again. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HumanError } from '../../../domain/errors';
import { downloadWithPip, foreignFile, unfinishedFolder } from './pip';
import type { Wheel } from './wheels';

const LOOK_EVERY_MS = 500;

export interface DownloadOptions {
  readonly python: string;
  readonly wheels: readonly Wheel[];
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** Bytes of all files that have arrived, and the file at hand. */
  readonly onProgress: (receivedBytes: number, file: string) => void;
}

/** Downloads what is missing, file by file. Throws HumanError for a file that is not the pinned one. */
export async function downloadAll({ wheels, onProgress, ...options }: DownloadOptions): Promise<void> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  let before = 0;
  for (const wheel of wheels) {
    const report = (bytes: number) => onProgress(before + Math.min(bytes, wheel.bytes), wheel.file);
    report(0);
    await downloadOne(wheel, options, report);
    before += wheel.bytes;
    onProgress(before, wheel.file);
  }
}

async function downloadOne(
  wheel: Wheel,
  { python, folder, signal }: Omit<DownloadOptions, 'wheels' | 'onProgress'>,
  report: (bytes: number) => void,
): Promise<void> {
  const file = join(folder, wheel.file);
  if (await isPinned(file, wheel, signal)) return;
  // Cut off, or not what it should be: pip would take it for finished.
  await rm(file, { force: true });
  const scratch = join(folder, 'pip');
  const look = setInterval(() => void bytesUnder(unfinishedFolder(scratch)).then(report), LOOK_EVERY_MS);
  try {
    await downloadWithPip({ python, wheel, folder, scratch, signal });
  } finally {
    clearInterval(look);
  }
  if (await isPinned(file, wheel, signal)) return;
  await rm(file, { force: true });
  throw new HumanError(foreignFile(wheel));
}

/** Whether the file is there with the size and hash that it must have. */
export async function isPinned(
  file: string,
  { bytes, sha256 }: Wheel,
  signal?: AbortSignal,
): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  if (found?.size !== bytes) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash, { signal });
  return hash.digest('hex') === sha256;
}

/** Bytes of all files below a folder that changes meanwhile. */
async function bytesUnder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      (found) => (found.isFile() ? found.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
