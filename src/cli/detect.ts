/** Tells by the names of its files which kind of data set a folder holds. */
import { readdirSync } from 'node:fs';
import { HumanError } from '../domain/errors';

/**
 * The kind of data set in a folder.
 * @throws HumanError if the folder cannot be read or holds neither kind
 */
export function detectDatasetKind(folder: string): 'idx' | 'cifar-10' {
  const names = listFolder(folder);
  if (names.some((name) => /^(data|test)_batch.*\.bin$/.test(name))) return 'cifar-10';
  if (names.some((name) => /idx[13]-ubyte(\.gz)?$/.test(name))) return 'idx';
  throw new HumanError(
    `${folder} holds neither IDX files (train-images-idx3-ubyte) nor CIFAR-10 batches (data_batch_1.bin): choose the folder that does.`,
  );
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    throw new HumanError(
      `The data folder ${folder} does not exist or cannot be read: check --data or "dataset.path".`,
    );
  }
}
