/**
 * The generated image set: eight kinds of bright shapes on a darker, textured ground, at any rotation. It
 * needs no download, is the same for the same seed everywhere, and is built so that raw pixels say little
 * (a linear classifier on them stays below one half) while a small convolutional net learns it in minutes.
 */
import { PURPOSE, randomStream } from '../../domain/random/stream';
import { allocateImageSet, imageBytes, type ImageSet } from '../datasets/imageSet';
import { paint } from './paint';
import { drawLots } from './scene';
import { SHAPES } from './shapes';

const SIDE = 32;
const CHANNELS = 3;
const PART_KEYS = { train: 0, test: 1 } as const;

/** Images in each part; both are whole multiples of the number of classes, so every class has as many. */
export const GENERATED_COUNTS = { train: 4000, test: 1000 } as const;

/** Both parts of the set, 32 x 32 x 3, a pure function of the seed. */
export function generateImageSets(seed: number): { train: ImageSet; test: ImageSet } {
  return { train: generatePart('train', seed), test: generatePart('test', seed) };
}

function generatePart(part: 'train' | 'test', seed: number): ImageSet {
  const set = allocateImageSet({
    count: GENERATED_COUNTS[part],
    height: SIDE,
    width: SIDE,
    channels: CHANNELS,
    classNames: SHAPES.map(({ name }) => name),
    part,
  });
  const size = imageBytes(set);
  for (let i = 0; i < set.count; i++) {
    const label = i % SHAPES.length;
    const random = randomStream(seed, PURPOSE.generatedImages, PART_KEYS[part], i);
    set.labels[i] = label;
    paint(
      set.images.subarray(i * size, (i + 1) * size),
      drawLots(random, SIDE),
      SHAPES[label].distance,
      random,
    );
  }
  return set;
}
