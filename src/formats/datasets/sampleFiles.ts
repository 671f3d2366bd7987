/** The image file behind each sample of a set that was read from image files, by part and place. */
import { dataCacheFolder } from '../dataCache';
import { indexColumns, locateFiles, type DatasetRequest } from './dataset';
import { listFolders } from './folders';
import { allocateLabels, type Dataset } from './imageSet';
import { listIndex } from './pictureIndex';
import type { PictureList } from './pictures/picture';
import { DEFAULT_TEST_FRACTION } from './pictures/pictureSets';
import { divideForTest } from './split';

/** Paths by place in each part; undefined for an image that lies inside another file. */
export interface SampleFiles {
  readonly train: readonly (string | undefined)[];
  readonly test: readonly (string | undefined)[];
}

/**
 * The files of an opened set. Undefined where samples have none of their own, and where images were left out as
 * damaged, because then it is not known which file is which sample.
 */
export async function sampleFiles(
  request: DatasetRequest,
  { damaged }: Pick<Dataset, 'damaged'>,
): Promise<SampleFiles | undefined> {
  if ((request.kind !== 'folders' && request.kind !== 'index') || damaged !== undefined) return undefined;
  const path = await locateFiles(request.path ?? '', request.cacheFolder ?? dataCacheFolder());
  const list = request.kind === 'folders' ? listFolders(path) : await listIndex(path, indexColumns(request));
  return list.hasParts ? givenParts(list) : dividedParts(list, request);
}

function givenParts({ pictures }: PictureList): SampleFiles {
  const of = (part: 'train' | 'test') => pictures.filter((picture) => picture.part === part).map(fileOf);
  return { train: of('train'), test: of('test') };
}

/** Divided as readPictureSets divides. */
function dividedParts(
  { pictures, classNames }: PictureList,
  { seed, testFraction = DEFAULT_TEST_FRACTION }: DatasetRequest,
): SampleFiles {
  const labels = allocateLabels(pictures.length);
  pictures.forEach(({ label }, place) => (labels[place] = label));
  const { kept, aside } = divideForTest({ labels, classNames }, { testFraction, seed });
  const of = (places: Int32Array) => Array.from(places, (place) => fileOf(pictures[place]));
  return { train: of(kept), test: of(aside) };
}

function fileOf({ content }: PictureList['pictures'][number]): string | undefined {
  return typeof content === 'string' ? content : undefined;
}
