/** Takes chosen files out of a wheel, which is a zip file. Names that lead elsewhere, links and floods are refused. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry } from 'yauzl';
import yauzl from 'yauzl';
import { HumanError, toError } from '../../../domain/errors';

const MOST_ENTRIES = 50_000;
const MOST_BYTES = 8e9;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const EXECUTABLE = 0o111;

/** A file that was unpacked, relative to the folder. */
export interface Unpacked {
  readonly path: string;
  readonly bytes: number;
}

export interface UnpackOptions {
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  /** Where a file of the wheel belongs, relative to the folder; undefined for what is left out. */
  readonly place: (name: string) => string | undefined;
}

/** Unpacks the chosen files and lists them. Throws HumanError for a wheel that is damaged or not to be trusted. */
export async function unpackWheel(wheel: string, options: UnpackOptions): Promise<Unpacked[]> {
  try {
    return await unpackChosen(wheel, options);
  } catch (thrown) {
    if (thrown instanceof HumanError || options.signal?.aborted === true) throw thrown;
    const error: NodeJS.ErrnoException = toError(thrown);
    // Every other error comes from the content, as does a file that is there already: the folder was empty.
    if (error.syscall !== undefined && error.code !== 'EEXIST') throw writingProblem(options.folder, error);
    throw refusal(wheel, error.message);
  }
}

async function unpackChosen(wheel: string, { folder, signal, place }: UnpackOptions): Promise<Unpacked[]> {
  const zip = await yauzl.openPromise(wheel, { strictFileNames: true });
  const unpacked: Unpacked[] = [];
  let bytes = 0;
  if (zip.entryCount > MOST_ENTRIES) throw refusal(wheel, `it holds ${zip.entryCount} files`);
  for await (const entry of zip.eachEntry()) {
    signal?.throwIfAborted();
    if (isLink(entry)) throw refusal(wheel, `${entry.fileName} is a link`);
    const path = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
    if (path === undefined) continue;
    if (!isBelow(folder, path)) throw refusal(wheel, `${entry.fileName} leads out of its folder`);
    bytes += entry.uncompressedSize;
    if (bytes > MOST_BYTES) throw refusal(wheel, 'it unpacks to too much');
    await write(await zip.openReadStreamPromise(entry), join(folder, path), modeOf(entry), signal);
    unpacked.push({ path, bytes: entry.uncompressedSize });
  }
  return unpacked;
}

async function write(
  content: NodeJS.ReadableStream,
  file: string,
  mode: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await pipeline(content, createWriteStream(file, { mode, flags: 'wx' }), { signal });
}

/** Type and permissions as Unix writes them, in the upper half of the attributes. */
function unixMode(entry: Entry): number {
  return entry.externalFileAttributes >>> 16;
}

function isLink(entry: Entry): boolean {
  return (unixMode(entry) & FILE_TYPE) === SYMBOLIC_LINK;
}

function modeOf(entry: Entry): number {
  return (unixMode(entry) & EXECUTABLE) === 0 ? 0o644 : 0o755;
}

function isBelow(folder: string, path: string): boolean {
  const found = relative(folder, join(folder, path));
  return found !== '' && found !== '..' && !found.startsWith(`..${sep}`);
}

function refusal(wheel: string, reason: string): HumanError {
  return new HumanError(
    `${basename(wheel)} was refused (${reason}): set up again, and check which package index pip uses.`,
  );
}

function writingProblem(folder: string, error: NodeJS.ErrnoException): Error {
  const { code } = error;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const remedy = isFull ? 'free some space' : 'give your user permission to write there';
  return new HumanError(
    `TensorFlow could not be unpacked in ${folder} (${error.message}): ${remedy}, and set up again.`,
    {
      cause: error,
    },
  );
}
