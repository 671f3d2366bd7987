/** Tells from the names of its files which kind of data set lies at a path; an archive is unpacked for it. */
import { statSync } from 'node:fs';
import { HumanError } from '../domain/errors';
import { ARCHIVE_ENDINGS } from '../formats/archives/unpack';
import { ARRAY_ENDINGS } from '../formats/arrays/arrayFiles';
import { visibleEntries } from '../formats/datasets/contentFolder';
import { locateFiles } from '../formats/datasets/dataset';
import type { DatasetKind } from '../formats/datasets/imageSet';
import { INDEX_ENDINGS } from '../formats/datasets/pictureIndex';

/** A kind that lies in files. */
export type FileKind = Exclude<DatasetKind, 'generated'>;

/**
 * The kind of data set in a folder, file or archive. Of a folder that could be several, files that say more win: an
 * index beside folders of images is an index.
 * @throws HumanError if the path cannot be read or holds nothing that is known
 */
export async function detectDatasetKind(path: string, cacheFolder?: string): Promise<FileKind> {
  const isFolder = isFolderAt(path);
  const kind =
    isFolder || ARCHIVE_ENDINGS.test(path)
      ? kindOfFolder(await locateFiles(path, cacheFolder))
      : kindOfFile(path);
  if (kind === undefined) {
    throw new HumanError(
      `${path} holds neither IDX files (train-images-idx3-ubyte), CIFAR batches (data_batch_1.bin, train.bin), NumPy arrays (.npz), an index (.csv, .parquet) nor a folder of images for each class: choose one that does.`,
    );
  }
  return kind;
}

function kindOfFile(path: string): FileKind | undefined {
  if (INDEX_ENDINGS.test(path)) return 'index';
  return ARRAY_ENDINGS.test(path) ? 'arrays' : undefined;
}

function kindOfFolder(folder: string): FileKind | undefined {
  const entries = visibleEntries(folder);
  const has = (pattern: RegExp): boolean => entries.some(({ name }) => pattern.test(name));
  if (has(/^(data|test)_batch.*\.bin$/)) return 'cifar-10';
  if (has(/^train\.bin$/) && has(/^test\.bin$/)) return 'cifar-100';
  if (has(/idx[13]-ubyte(\.gz)?$/)) return 'idx';
  if (has(ARRAY_ENDINGS)) return 'arrays';
  if (has(INDEX_ENDINGS)) return 'index';
  return entries.some((entry) => entry.isDirectory()) ? 'folders' : undefined;
}

function isFolderAt(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    throw new HumanError(
      `The data ${path} does not exist or cannot be read: check --data or "dataset.path".`,
    );
  }
}
