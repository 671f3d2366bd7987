/** Opens any known kind of data set in the one shape of its kind of samples. */
import { basename } from 'node:path';
import type { ModulePath } from '../../domain/configuration/modulePath';
import { isModulePath } from '../../domain/configuration/modulePath';
import { HumanError } from '../../domain/errors';
import { ARCHIVE_ENDINGS, unpackArchive } from '../archives/unpack';
import { dataCacheFolder } from '../dataCache';
import { generateImageSets } from '../synthetic/imageSets';
import { readArrays } from './arrays';
import { readCifarFolder } from './cifar';
import { readCifar100Folder, type CifarLabels } from './cifar100';
import { contentFolder } from './contentFolder';
import { contentHash } from './contentHash';
import { listFolders } from './folders';
import { readIdxFolder } from './idxFolder';
import type { DamagedImages, Dataset, DatasetKind, TrainAndTest } from './imageSet';
import { readOwnSets, type OwnReader } from './ownSets';
import { listIndex, type IndexColumns } from './pictureIndex';
import { DEFAULT_TEST_FRACTION, readPictureSets, type PictureOptions } from './pictures/pictureSets';

/**
 * Which set to open: the section `dataset` of a configuration, and the seed, which makes the generated set and
 * divides a source without parts. What is left out is as the configuration's default.
 */
export interface DatasetRequest extends PictureOptions {
  readonly kind: DatasetKind | ModulePath;
  /** The loaded module, where the kind is the path of one. */
  readonly own?: OwnReader | undefined;
  /** The folder, file or archive of the samples. */
  readonly path?: string | undefined;
  readonly labels?: CifarLabels | undefined;
  readonly imageColumn?: string | undefined;
  readonly labelColumn?: string | undefined;
  readonly labelSeparator?: string | undefined;
  readonly splitColumn?: string | undefined;
  readonly arrays?: string | undefined;
}

interface Parts extends TrainAndTest {
  readonly damaged?: DamagedImages;
}

/** Reads or generates a set whole into shared memory. Throws HumanError on anything that a person can mend. */
export async function openDataset(request: DatasetRequest): Promise<Dataset> {
  const { train, test, damaged } = await readParts(request);
  const hash = contentHash([train, test]);
  const whole = { kind: request.kind, train, test, contentHash: hash };
  return damaged === undefined || damaged.count === 0 ? whole : { ...whole, damaged };
}

/**
 * Where the files of a data set lie: an archive's content, unpacked if it was not yet, and of folders that hold one
 * folder and nothing else, the innermost. Throws HumanError for an archive that cannot be unpacked.
 */
export async function locateFiles(path: string, cacheFolder = dataCacheFolder()): Promise<string> {
  return contentFolder(ARCHIVE_ENDINGS.test(path) ? await unpackArchive(path, cacheFolder) : path);
}

async function readParts(request: DatasetRequest): Promise<Parts> {
  if (request.kind === 'generated') {
    return generateImageSets(request.seed);
  }
  if (isModulePath(request.kind)) {
    return readOwnSets(requireReader(request), { path: request.path ?? '', seed: request.seed });
  }
  const given = requirePath(request);
  const path = await locateFiles(given, request.cacheFolder);
  try {
    return await readFiles({ ...request, kind: request.kind }, path);
  } catch (thrown) {
    throw ARCHIVE_ENDINGS.test(given) ? namingArchive(thrown, path, given) : thrown;
  }
}

function requireReader({ kind, own }: DatasetRequest): OwnReader {
  if (own !== undefined) return own;
  throw new HumanError(`${kind} is a module of your own, which only a run loads: start a run with it.`);
}

async function readFiles(
  request: DatasetRequest & { readonly kind: Exclude<DatasetKind, 'generated'> },
  path: string,
): Promise<Parts> {
  const { kind, seed, labels = 'fine', arrays = '', testFraction = DEFAULT_TEST_FRACTION } = request;
  switch (kind) {
    case 'idx':
      return readIdxFolder(path);
    case 'cifar-10':
      return readCifarFolder(path);
    case 'cifar-100':
      return readCifar100Folder(path, labels);
    case 'folders':
      return readPictureSets(listFolders(path), request);
    case 'index':
      return readPictureSets(await listIndex(path, indexColumns(request)), request);
    case 'arrays':
      return readArrays(path, { arrays, testFraction, seed });
  }
}

/** Which columns of an index a request names. */
export function indexColumns(request: DatasetRequest): IndexColumns {
  const { imageColumn = '', labelColumn = '', labelSeparator = '', splitColumn = '' } = request;
  return { imageColumn, labelColumn, labelSeparator, splitColumn };
}

function requirePath({ kind, path }: DatasetRequest): string {
  if (path === undefined || path === '') {
    throw new HumanError(
      `A data set of kind ${kind} needs dataset.path: set it to the folder, file or archive that holds it.`,
    );
  }
  return path;
}

/** People know the archive, not the folder in the cache. */
function namingArchive(thrown: unknown, folder: string, archive: string): unknown {
  if (!(thrown instanceof HumanError)) {
    return thrown;
  }
  return new HumanError(thrown.message.replaceAll(folder, basename(archive)), { cause: thrown });
}
