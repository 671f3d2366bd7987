/**
 * CIFAR-100's binary version: train.bin and test.bin, records of two label bytes (first the superclass, one of 20,
 * then the class, one of 100), and the names of both in text files.
 */
import { join } from 'node:path';
import {
  readClassNames,
  readRecords,
  requireFiles,
  requireTwoClasses,
  type RecordLayout,
} from './cifarRecords';
import { listFolder } from './idxFolder';
import type { ImageSet } from './imageSet';

/** Which of the two labels of a record is its class. */
export type CifarLabels = 'fine' | 'coarse';

const VERSION = 'CIFAR-100';
const FILES = ['train.bin', 'test.bin'];
/** The folder inside the distributed archive. */
const ARCHIVE_FOLDER = 'cifar-100-binary';
const LABELS = {
  coarse: { at: 0, count: 20, namesFile: 'coarse_label_names.txt' },
  fine: { at: 1, count: 100, namesFile: 'fine_label_names.txt' },
} as const;

/** Reads both parts with fine or coarse labels. Throws HumanError that names the file and what is wrong with it. */
export async function readCifar100Folder(
  path: string,
  labels: CifarLabels,
): Promise<{ train: ImageSet; test: ImageSet }> {
  const names = await listFolder(path);
  if (names.includes(ARCHIVE_FOLDER) && !names.includes(FILES[0])) {
    return readCifar100Folder(join(path, ARCHIVE_FOLDER), labels);
  }
  requireFiles({ path, names }, [...FILES, LABELS[labels].namesFile], VERSION);
  const layout = await layoutOf(path, labels);
  const train = await readRecords([join(path, 'train.bin')], 'train', layout);
  requireTwoClasses(path, train);
  return { train, test: await readRecords([join(path, 'test.bin')], 'test', layout) };
}

async function layoutOf(path: string, labels: CifarLabels): Promise<RecordLayout> {
  const { at, count, namesFile } = LABELS[labels];
  return { labelBytes: 2, labelAt: at, classNames: await readClassNames(join(path, namesFile), count) };
}
