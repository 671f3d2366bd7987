/** CIFAR-10's binary version: data_batch_1.bin and on, test_batch.bin, records of one label byte. */
import { join } from 'node:path';
import { readClassNames, readRecords, requireFiles, requireTwoClasses } from './cifarRecords';
import { listFolder } from './idxFolder';
import type { ImageSet } from './imageSet';

const CLASS_COUNT = 10;
const VERSION = 'CIFAR-10';
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
  const trainFiles = trainFileNames(names);
  requireFiles({ path, names }, [...trainFiles, TEST_FILE], VERSION);
  const classNames = names.includes(NAMES_FILE)
    ? await readClassNames(join(path, NAMES_FILE), CLASS_COUNT)
    : STANDARD_NAMES;
  const layout = { labelBytes: 1, labelAt: 0, classNames };
  const train = await readRecords(
    trainFiles.map((name) => join(path, name)),
    'train',
    layout,
  );
  requireTwoClasses(path, train);
  return { train, test: await readRecords([join(path, TEST_FILE)], 'test', layout) };
}

/** data_batch_1.bin, data_batch_2.bin, ... without a gap, one at least. */
function trainFileNames(names: readonly string[]): string[] {
  const count = names.filter((name) => /^data_batch_\d+\.bin$/.test(name)).length;
  return Array.from({ length: Math.max(count, 1) }, (_, i) => `data_batch_${i + 1}.bin`);
}
