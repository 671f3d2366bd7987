/** Named arrays: the entries of a .npz (a zip of .npy files), the .npy files of a folder, or one .npy file. */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import yauzl, { type Entry } from 'yauzl';
import { HumanError, toError } from '../../domain/errors';
import { MAX_INFLATION } from '../gzip';
import { errorCode, readingError } from '../reading';
import { MOST_NPY_HEADER_BYTES, parseNpy, parseNpyHeader, type NpyArray, type NpyHeader } from './npy';

/** Arrays by name, read when they are asked for. */
export interface ArrayFile {
  readonly path: string;
  readonly names: readonly string[];
  /** Rejects with a HumanError naming the array if it is damaged. */
  read(name: string): Promise<NpyArray>;
  /** As read, without the values, of which next to nothing is read. */
  describe(name: string): Promise<NpyHeader>;
}

/** Endings of files of arrays. */
export const ARRAY_ENDINGS = /\.(npy|npz)$/i;
const ARRAY_ENDING = /\.npy$/i;
const MOST_ARRAYS = 1000;
/** Buffers of Node hold no more. */
const MOST_BYTES = 2 ** 32 - 1;

/** Opens a .npz, a .npy, or a folder; `names` are those of the folder. Throws HumanError if there is nothing to read. */
export async function openArrays(path: string, names: readonly string[]): Promise<ArrayFile> {
  if (/\.npz$/i.test(path)) {
    return openNpz(path);
  }
  const files = ARRAY_ENDING.test(path) ? [path] : filesIn(path, names);
  if (files.length === 1 && /\.npz$/i.test(files[0])) {
    return openNpz(files[0]);
  }
  const byName = new Map(files.map((file) => [basename(file).replace(ARRAY_ENDING, ''), file]));
  return {
    path,
    names: [...byName.keys()],
    read: async (name) => readNpyFile(byName.get(name) ?? join(path, name)),
    describe: async (name) => readNpyHeader(byName.get(name) ?? join(path, name)),
  };
}

function filesIn(folder: string, names: readonly string[]): string[] {
  const packed = names.filter((name) => /\.npz$/i.test(name));
  const plain = names.filter((name) => ARRAY_ENDING.test(name));
  if (packed.length + plain.length === 0) {
    throw new HumanError(`${folder} has no .npz or .npy file: name the file or its folder.`);
  }
  if (packed.length > 1 || (packed.length === 1 && plain.length > 0)) {
    throw new HumanError(`${folder} has several files of arrays: name the .npz that holds the set.`);
  }
  return [...packed, ...plain].map((name) => join(folder, name));
}

async function readNpyFile(path: string): Promise<NpyArray> {
  try {
    const { size } = await stat(path);
    refuseTooLarge(path, size);
    return parseNpy(await readFile(path), path);
  } catch (thrown) {
    throw readingError(path, thrown);
  }
}

async function readNpyHeader(path: string): Promise<NpyHeader> {
  const start = createReadStream(path, { end: MOST_NPY_HEADER_BYTES - 1 });
  try {
    return parseNpyHeader(await firstBytes(start), path);
  } catch (thrown) {
    throw readingError(path, thrown);
  }
}

/** The directory of the zip file is read once, its entries whenever they are asked for. */
async function openNpz(path: string): Promise<ArrayFile> {
  const entries = new Map<string, Entry>();
  await withZip(path, async (zip) => {
    if (zip.entryCount > MOST_ARRAYS) {
      throw new HumanError(
        `${path} holds ${zip.entryCount} entries: give a .npz with the arrays of one set.`,
      );
    }
    for await (const entry of zip.eachEntry()) {
      if (ARRAY_ENDING.test(entry.fileName)) entries.set(entry.fileName.replace(ARRAY_ENDING, ''), entry);
    }
  });
  return {
    path,
    names: [...entries.keys()],
    read: (name) =>
      withZip(path, async (zip) => {
        const { entry, label } = wholeEntry(path, name, entries);
        return parseNpy(await readEntry(zip, entry), label);
      }),
    describe: (name) =>
      withZip(path, async (zip) => {
        const { entry, label } = wholeEntry(path, name, entries);
        return parseNpyHeader(await firstBytes(await zip.openReadStreamPromise(entry)), label);
      }),
  };
}

/** An entry that may be unpacked, and what sentences call it. */
function wholeEntry(path: string, name: string, entries: ReadonlyMap<string, Entry>) {
  const entry = entries.get(name);
  if (entry === undefined) throw new HumanError(`${path} has no array ${name}: check "dataset.arrays".`);
  const label = `${path}: ${name}`;
  refuseTooLarge(label, entry.uncompressedSize);
  if (entry.uncompressedSize > MAX_INFLATION * entry.compressedSize) {
    throw new HumanError(`${label} claims more bytes than it can hold: the file is corrupt; save it again.`);
  }
  return { entry, label };
}

type Zip = Awaited<ReturnType<typeof yauzl.openPromise>>;

async function withZip<T>(path: string, act: (zip: Zip) => Promise<T>): Promise<T> {
  let zip: Zip | undefined;
  try {
    zip = await yauzl.openPromise(path, { autoClose: false });
    return await act(zip);
  } catch (thrown) {
    if (thrown instanceof HumanError || /^E[A-Z]+$/.test(errorCode(thrown))) throw readingError(path, thrown);
    throw new HumanError(
      `${path} is a corrupt or truncated .npz (${toError(thrown).message}): save it again.`,
      {
        cause: thrown,
      },
    );
  } finally {
    zip?.close();
  }
}

async function readEntry(zip: Zip, entry: Entry): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.uncompressedSize);
  const stream: Readable = await zip.openReadStreamPromise(entry);
  let length = 0;
  for await (const chunk of stream) {
    bytes.set(chunk as Uint8Array, length);
    length += (chunk as Uint8Array).length;
  }
  return bytes.subarray(0, length);
}

/** As many bytes as the longest header has, or all; the rest of the stream is not read. */
async function firstBytes(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length >= MOST_NPY_HEADER_BYTES) break;
  }
  return Buffer.concat(chunks);
}

function refuseTooLarge(name: string, bytes: number): void {
  if (bytes > MOST_BYTES) {
    throw new HumanError(
      `${name} holds ${bytes} bytes, more than the 4 GiB that can be read: give a smaller set.`,
    );
  }
}
