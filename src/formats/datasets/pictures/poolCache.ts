/**
 * A decoded pool as one file: magic word, CRC-32 of all that follows, length of a JSON header, the header, labels
 * (int32, little-endian), weights of several labels where there are any (float32, little-endian), pixels. What is damaged or cut short is as good as absent and is made again.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, utimes, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { pruneFolder } from '../../dataCache';
import { allocateLabels, type DamagedImages } from '../imageSet';
import type { DecodeOptions, PictureList, PicturePool } from './picture';

const MAGIC = Buffer.from('SCLPOOL1');
const CRC_AT = MAGIC.length;
const LENGTH_AT = CRC_AT + 4;
const PREFIX_BYTES = LENGTH_AT + 4;
const MOST_HEADER_BYTES = 1_000_000;
const CHUNK_BYTES = 64 * 1024 * 1024;
const NO_WEIGHTS = new Float32Array();
/** All pools together; beyond it those that were not read for longest go. */
const MOST_CACHED_BYTES = 20e9;

interface Header {
  readonly count: number;
  readonly trainCount: number;
  readonly side: number;
  readonly channels: number;
  /** Weights of labels a picture; absent where each has one label. */
  readonly weights?: number;
  readonly damaged: DamagedImages;
}

/**
 * Where the pool of a list lies: named by a hash of every picture's name, part, label and stamp, of the class names,
 * and of how they are decoded.
 */
export function poolPath(
  folder: string,
  { classNames, pictures, labelWeights }: PictureList,
  options: DecodeOptions & { readonly version: string },
): string {
  const { imageSize, resize, colour, version } = options;
  const hash = createHash('sha256').update(
    JSON.stringify({ imageSize, resize, colour, version, classNames }),
  );
  for (const { name, part, label, stamp } of pictures) {
    hash.update(JSON.stringify([name, part, label, stamp]));
  }
  if (labelWeights !== undefined) for (const part of chunksOf(bytesOf(labelWeights))) hash.update(part);
  return join(folder, 'decoded', `${hash.digest('hex')}.pool`);
}

/** Reads a pool; undefined if there is none or it is not whole. */
export async function readPool(path: string): Promise<PicturePool | undefined> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) {
    return undefined;
  }
  try {
    const pool = await decodePool(file);
    if (pool !== undefined) await utimes(path, new Date(), new Date()).catch(() => undefined);
    return pool;
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}

/** Keeps a pool, in one move; whether it could. */
export async function writePool(path: string, pool: PicturePool): Promise<boolean> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(temporary, 'w', 0o600);
    try {
      await encodePool(file, pool);
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await pruneFolder(dirname(path), MOST_CACHED_BYTES).catch(() => undefined);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
    return false;
  }
}

async function encodePool(file: FileHandle, pool: PicturePool): Promise<void> {
  const { trainCount, side, channels, damaged, labels, labelWeights = NO_WEIGHTS, images } = pool;
  const plain: Header = { count: labels.length, trainCount, side, channels, damaged };
  const header: Header =
    labelWeights.length === 0 ? plain : { ...plain, weights: labelWeights.length / labels.length };
  const text = Buffer.from(JSON.stringify(header));
  const parts = [text, bytesOf(labels), bytesOf(labelWeights), images].flatMap(chunksOf);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.set(MAGIC);
  prefix.writeUInt32LE(
    parts.reduce((sum, part) => crc32(part, sum), 0),
    CRC_AT,
  );
  prefix.writeUInt32LE(text.length, LENGTH_AT);
  for (const part of [prefix, ...parts]) await file.writeFile(part);
  await file.sync();
}

async function decodePool(file: FileHandle): Promise<PicturePool | undefined> {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  await fill(file, prefix);
  const headerBytes = prefix.readUInt32LE(LENGTH_AT);
  if (!prefix.subarray(0, CRC_AT).equals(MAGIC) || headerBytes > MOST_HEADER_BYTES) {
    return undefined;
  }
  const text = Buffer.alloc(headerBytes);
  await fill(file, text);
  const header = JSON.parse(text.toString()) as Header;
  const { count, side, channels, weights = 0 } = header;
  const imageBytes = count * side * side * channels;
  const { size } = await file.stat();
  if (size !== PREFIX_BYTES + headerBytes + 4 * count * (1 + weights) + imageBytes) {
    return undefined;
  }
  const labels = allocateLabels(count);
  const labelWeights = new Float32Array(new SharedArrayBuffer(4 * count * weights));
  const images = new Uint8Array(new SharedArrayBuffer(imageBytes));
  let sum = crc32(text);
  for (const part of [bytesOf(labels), bytesOf(labelWeights), images].flatMap(chunksOf)) {
    await fill(file, part);
    sum = crc32(part, sum);
  }
  if (sum !== prefix.readUInt32LE(CRC_AT)) return undefined;
  return { ...header, labels, ...(weights === 0 ? {} : { labelWeights }), images };
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** One call of the system reads or writes less than 2 GiB. */
function chunksOf(bytes: Uint8Array): Uint8Array[] {
  const count = Math.ceil(bytes.length / CHUNK_BYTES);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * CHUNK_BYTES, (i + 1) * CHUNK_BYTES));
}

/** Fills `into` from where the file stands. Throws an Error at its end. */
async function fill(file: FileHandle, into: Uint8Array): Promise<void> {
  for (let done = 0; done < into.length;) {
    const { bytesRead } = await file.read(into, done, into.length - done);
    if (bytesRead === 0) throw new Error('the file ends early');
    done += bytesRead;
  }
}
