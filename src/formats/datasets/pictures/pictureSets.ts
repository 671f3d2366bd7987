/** From a list of image files to a training and a test set, by way of the cache of decoded images. */
import { dataCacheFolder } from '../../dataCache';
import { checkClasses, refuseCount } from '../classes';
import { allocateImageSet, type DamagedImages, type ImageSet, type TrainAndTest } from '../imageSet';
import { chooseWeights } from '../labelWeights';
import { divideForTest } from '../split';
import { decodeAll } from './decodeAll';
import { DECODER_VERSION, loadDecoder } from './decoder';
import type { DecodeOptions, PictureList, PicturePool, ReadingProgress } from './picture';
import { poolPath, readPool, writePool } from './poolCache';

/** How a list is read; whatever is left out is as the configuration's default. */
export interface PictureOptions extends Partial<DecodeOptions> {
  readonly seed: number;
  /** Share put aside as the test set of a list without parts. */
  readonly testFraction?: number | undefined;
  /** Holds decoded images and unpacked archives; the user's cache folder if left out. */
  readonly cacheFolder?: string | undefined;
  readonly onProgress?: ReadingProgress | undefined;
}

/** As in the configuration. */
export const DEFAULT_TEST_FRACTION = 0.2;

/** Both sets, and what was left out. Throws HumanError for too much damage or unusable classes. */
export async function readPictureSets(
  list: PictureList,
  options: PictureOptions,
): Promise<TrainAndTest<ImageSet> & { readonly damaged: DamagedImages }> {
  refuseCount(list.source, list.classNames.length);
  const pool = await cachedPool(list, options);
  const sets = list.hasParts ? givenParts(list, pool) : dividedParts(list, pool, options);
  checkClasses(list.source, sets);
  return { ...sets, damaged: pool.damaged };
}

async function cachedPool(list: PictureList, options: PictureOptions): Promise<PicturePool> {
  const { imageSize = 0, resize = 'crop', colour = 'auto', onProgress } = options;
  const decoding = { imageSize, resize, colour, version: DECODER_VERSION };
  const path = poolPath(options.cacheFolder ?? dataCacheFolder(), list, decoding);
  const kept = await readPool(path);
  if (kept !== undefined) {
    return kept;
  }
  const pool = await decodeAll(list, await loadDecoder(), { ...decoding, onProgress });
  await writePool(path, pool);
  return pool;
}

/** Training pictures come first, so both sets are views of the pool. */
function givenParts({ classNames }: PictureList, pool: PicturePool): TrainAndTest<ImageSet> {
  const { images, labels, labelWeights, trainCount, side, channels } = pool;
  const classes = classNames.length;
  const view = (part: 'train' | 'test', from: number, to: number): ImageSet => ({
    images: images.subarray(from * side * side * channels, to * side * side * channels),
    labels: labels.subarray(from, to),
    labelWeights: labelWeights?.subarray(from * classes, to * classes),
    count: to - from,
    height: side,
    width: side,
    channels,
    classNames,
    part,
  });
  return { train: view('train', 0, trainCount), test: view('test', trainCount, labels.length) };
}

function dividedParts(
  { classNames }: PictureList,
  pool: PicturePool,
  { seed, testFraction = DEFAULT_TEST_FRACTION }: PictureOptions,
): TrainAndTest<ImageSet> {
  const { kept, aside } = divideForTest({ labels: pool.labels, classNames }, { testFraction, seed });
  const copy = (part: 'train' | 'test', indices: Int32Array): ImageSet => {
    const { side, channels } = pool;
    const shape = { count: indices.length, height: side, width: side, channels, classNames, part };
    const labelWeights = chooseWeights(pool.labelWeights, indices, classNames.length);
    return { ...copyImages(pool, indices, allocateImageSet(shape)), labelWeights };
  };
  return { train: copy('train', kept), test: copy('test', aside) };
}

function copyImages({ images, labels }: PicturePool, indices: Int32Array, to: ImageSet): ImageSet {
  const bytes = to.height * to.width * to.channels;
  indices.forEach((from, place) => {
    to.images.set(images.subarray(from * bytes, (from + 1) * bytes), place * bytes);
    to.labels[place] = labels[from];
  });
  return to;
}
