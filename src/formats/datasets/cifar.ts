/**
 * CIFAR-10's binary version: files of records, each a label byte and then 32 x 32 red, green and blue
 * values, plane by plane. Planes become interleaved pixels here.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';
import { listFolder } from './idxFolder';
import { allocateImageSet, type ImageSet } from './imageSet';

const SIDE = 32;
const CHANNELS = 3;
const PLANE_BYTES = SIDE * SIDE;
const RECORD_BYTES = 1 + CHANNELS * PLANE_BYTES;
const CLASS_COUNT = 10;
const TEST_FILE = 'test_batch.bin';
const NAMES_FILE = 'batches.meta.txt';
/** The folder inside the distributed archive. */
const ARCHIVE_FOLDER = 'cifar-10-batches-bin';
const STANDARD_NAMES = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** Reads both parts. Throws HumanError that names the file and what is wrong with it. */
export async function readCifarFolder(path: string): Promise<{ train: ImageSet; test: ImageSet }> {
  const names = await listFolder(path);
  if (names.includes(ARCHIVE_FOLDER) && !names.includes(TEST_FILE)) {
    return readCifarFolder(join(path, ARCHIVE_FOLDER));
  }
  const trainFiles = findTrainFiles(path, names);
  if (!names.includes(TEST_FILE)) {
    throw new HumanError(
      `${path} has no ${TEST_FILE}: give the folder of CIFAR-10's binary version, complete.`,
    );
  }
  const classNames = names.includes(NAMES_FILE)
    ? await readClassNames(join(path, NAMES_FILE))
    : STANDARD_NAMES;
  const train = await readRecords(trainFiles, 'train', classNames);
  checkClasses(path, train);
  return { train, test: await readRecords([join(path, TEST_FILE)], 'test', classNames) };
}

/** data_batch_1.bin, data_batch_2.bin, ... without a gap. */
function findTrainFiles(path: string, names: readonly string[]): string[] {
  const count = names.filter((name) => /^data_batch_\d+\.bin$/.test(name)).length;
  const wanted = Array.from({ length: Math.max(count, 1) }, (_, i) => `data_batch_${i + 1}.bin`);
  const missing = wanted.find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new HumanError(
      `${path} has no ${missing}: give the folder of CIFAR-10's binary version, complete.`,
    );
  }
  return wanted.map((name) => join(path, name));
}

async function readClassNames(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((thrown: unknown) => {
    throw readingError(path, thrown);
  });
  const names = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (names.length !== CLASS_COUNT) {
    throw new HumanError(`${path} names ${names.length} classes instead of ${CLASS_COUNT}: fetch it again.`);
  }
  return names;
}

async function readRecords(
  files: readonly string[],
  part: 'train' | 'test',
  classNames: readonly string[],
): Promise<ImageSet> {
  const counts = await Promise.all(files.map(countRecords));
  const count = counts.reduce((sum, records) => sum + records, 0);
  const set = allocateImageSet({ count, height: SIDE, width: SIDE, channels: CHANNELS, classNames, part });
  let first = 0;
  for (const [i, file] of files.entries()) {
    const bytes = await readWhole(file, counts[i] * RECORD_BYTES);
    decodeRecords(bytes, set, { file, first });
    first += counts[i];
  }
  return set;
}

async function countRecords(file: string): Promise<number> {
  const { size } = await stat(file).catch((thrown: unknown) => {
    throw readingError(file, thrown);
  });
  if (size === 0 || size % RECORD_BYTES !== 0) {
    throw new HumanError(
      `${file} is truncated or corrupt: its ${size} bytes are not a whole number of ${RECORD_BYTES}-byte records; fetch it again.`,
    );
  }
  return size / RECORD_BYTES;
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

function decodeRecords(bytes: Uint8Array, set: ImageSet, at: { file: string; first: number }): void {
  const { images, labels } = set;
  const records = bytes.length / RECORD_BYTES;
  for (let record = 0; record < records; record++) {
    const start = record * RECORD_BYTES;
    const label = bytes[start];
    if (label >= CLASS_COUNT) {
      throw new HumanError(
        `${at.file} has the label ${label} at record ${record}, out of range 0 to ${CLASS_COUNT - 1}: fetch it again.`,
      );
    }
    labels[at.first + record] = label;
    let target = (at.first + record) * CHANNELS * PLANE_BYTES;
    for (let pixel = start + 1; pixel <= start + PLANE_BYTES; pixel++) {
      images[target++] = bytes[pixel];
      images[target++] = bytes[pixel + PLANE_BYTES];
      images[target++] = bytes[pixel + 2 * PLANE_BYTES];
    }
  }
}

function checkClasses(path: string, train: ImageSet): void {
  if (train.labels.every((label) => label === train.labels[0])) {
    throw new HumanError(`${path} has only one class: contrastive training needs at least two.`);
  }
}
