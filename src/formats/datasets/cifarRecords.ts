/**
 * What CIFAR-10's and CIFAR-100's binary versions share: files of records, each some label bytes and then 32 x 32
 * red, green and blue values, plane by plane. Planes become interleaved pixels here.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';
import { allocateImageSet, type ImageSet } from './imageSet';

/** How the records of one version look. */
export interface RecordLayout {
  readonly labelBytes: number;
  /** Which of the label bytes is read. */
  readonly labelAt: number;
  readonly classNames: readonly string[];
}

const SIDE = 32;
const CHANNELS = 3;
const PLANE_BYTES = SIDE * SIDE;
const PIXEL_BYTES = CHANNELS * PLANE_BYTES;

/** Reads files of records, one after the other, into one set. Throws HumanError naming the file that is wrong. */
export async function readRecords(
  files: readonly string[],
  part: 'train' | 'test',
  layout: RecordLayout,
): Promise<ImageSet> {
  const recordBytes = layout.labelBytes + PIXEL_BYTES;
  const counts = await Promise.all(files.map((file) => countRecords(file, recordBytes)));
  const count = counts.reduce((sum, records) => sum + records, 0);
  const { classNames } = layout;
  const set = allocateImageSet({ count, height: SIDE, width: SIDE, channels: CHANNELS, classNames, part });
  let first = 0;
  for (const [i, file] of files.entries()) {
    const bytes = await readWhole(file, counts[i] * recordBytes);
    decodeRecords({ file, bytes, first }, set, layout);
    first += counts[i];
  }
  return set;
}

/** Reads a file of class names, one a line. Throws HumanError unless there are `count`. */
export async function readClassNames(path: string, count: number): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.length !== count) {
    throw new HumanError(`${path} names ${names.length} classes instead of ${count}: fetch it again.`);
  }
  return names;
}

/** Throws HumanError naming the first wanted file that is not among `names`. */
export function requireFiles(
  folder: { readonly path: string; readonly names: readonly string[] },
  wanted: readonly string[],
  version: string,
): void {
  const missing = wanted.find((name) => !folder.names.includes(name));
  if (missing !== undefined) {
    throw new HumanError(
      `${folder.path} has no ${missing}: give the folder of ${version}'s binary version, complete.`,
    );
  }
}

/** Throws HumanError if every label is the same. */
export function requireTwoClasses(path: string, { labels }: ImageSet): void {
  if (labels.every((label) => label === labels[0])) {
    throw new HumanError(`${path} has only one class: contrastive training needs at least two.`);
  }
}

async function countRecords(file: string, recordBytes: number): Promise<number> {
  const { size } = await stat(file).catch((thrown: unknown) => {
    throw readingError(file, thrown);
  });
  if (size === 0 || size % recordBytes !== 0) {
    throw new HumanError(
      `${file} is truncated or corrupt: its ${size} bytes are not a whole number of ${recordBytes}-byte records; fetch it again.`,
    );
  }
  return size / recordBytes;
}

async function readWhole(file: string, expectedBytes: number): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((thrown: unknown) => {
    throw readingError(file, thrown);
  });
  if (bytes.length !== expectedBytes) {
    throw new HumanError(`${basename(file)} changed while it was read: try again.`);
  }
  return bytes;
}

interface RecordFile {
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Where its first record goes in the set. */
  readonly first: number;
}

function decodeRecords({ file, bytes, first }: RecordFile, set: ImageSet, layout: RecordLayout): void {
  const { labelBytes, labelAt, classNames } = layout;
  const recordBytes = labelBytes + PIXEL_BYTES;
  for (let record = 0; record < bytes.length / recordBytes; record++) {
    const start = record * recordBytes;
    const label = bytes[start + labelAt];
    if (label >= classNames.length) {
      throw new HumanError(
        `${file} has the label ${label} at record ${record}, out of range 0 to ${classNames.length - 1}: fetch it again.`,
      );
    }
    set.labels[first + record] = label;
    const target = (first + record) * PIXEL_BYTES;
    interleave(bytes, start + labelBytes, set.images.subarray(target, target + PIXEL_BYTES));
  }
}

function interleave(bytes: Uint8Array, from: number, pixels: Uint8Array): void {
  let target = 0;
  for (let source = from; source < from + PLANE_BYTES; source++) {
    pixels[target++] = bytes[source];
    pixels[target++] = bytes[source + PLANE_BYTES];
    pixels[target++] = bytes[source + 2 * PLANE_BYTES];
  }
}
