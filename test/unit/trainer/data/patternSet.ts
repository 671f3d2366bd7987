/** Small sets in which every sample differs. */
import {
  allocateFeatureSet,
  allocateImageSet,
  type FeatureSet,
  type ImageSet,
} from '../../../../src/formats/datasets/imageSet';

/** `count` images of 4 x 4 x 3 in three classes. */
export function patternSet(count: number): ImageSet {
  const classNames = ['a', 'b', 'c'];
  const set = allocateImageSet({ count, height: 4, width: 4, channels: 3, classNames, part: 'train' });
  for (let i = 0; i < set.images.length; i++) {
    set.images[i] = (i * 31 + Math.floor(i / 48) * 7) % 256;
  }
  for (let i = 0; i < count; i++) {
    set.labels[i] = i % 3;
  }
  return set;
}

/** `count` vectors of three features in three classes. */
export function featureSet(count: number): FeatureSet {
  const set = allocateFeatureSet({ count, channels: 3, classNames: ['a', 'b', 'c'], part: 'train' });
  for (let i = 0; i < set.values.length; i++) {
    set.values[i] = ((i * 31) % 97) / 7 - 5;
  }
  for (let i = 0; i < count; i++) {
    set.labels[i] = i % 3;
  }
  return set;
}
