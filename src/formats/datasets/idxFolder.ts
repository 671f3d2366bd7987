/** A folder with the four IDX files of an MNIST-like set: training and test, images and labels. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { HumanError } from '../../domain/errors';
import { readingError } from '../reading';
import { readIdx, type IdxValues } from './idx';
import { allocateLabels, type ImageSet } from './imageSet';

const PARTS = [
  { part: 'train', prefixes: ['train'] },
  { part: 'test', prefixes: ['t10k', 'test'] },
] as const;

interface LabelledImages {
  readonly part: 'train' | 'test';
  readonly imagesFile: string;
  readonly labelsFile: string;
  readonly images: IdxValues;
  readonly labels: IdxValues;
}

/** Reads both parts. Throws HumanError that names the file and what is wrong with it. */
export async function readIdxFolder(folder: string): Promise<{ train: ImageSet; test: ImageSet }> {
  const names = await listFolder(folder);
  const files = PARTS.map(({ part, prefixes }) => ({
    part,
    imagesFile: findFile(folder, names, { prefixes, content: 'images', axes: '34' }),
    labelsFile: findFile(folder, names, { prefixes, content: 'labels', axes: '1' }),
  }));
  const [train, test] = [await readPart(files[0]), await readPart(files[1])];
  checkSameSize(train, test);
  const smallest = smallestLabel(train);
  const classCount = checkTrainLabels(train, smallest);
  checkTestLabels(test, smallest, classCount);
  const classNames = Array.from({ length: classCount }, (_, i) => String(i + smallest));
  return { train: toImageSet(train, smallest, classNames), test: toImageSet(test, smallest, classNames) };
}

/** The names in a folder; throws HumanError if it is none. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    const error = readingError(folder, thrown);
    throw error.message.includes('is not inside a folder')
      ? new HumanError(`${folder} is a file: give the folder that holds the data set's files.`)
      : error;
  }
}

interface Wanted {
  readonly prefixes: readonly string[];
  readonly content: 'images' | 'labels';
  readonly axes: string;
}

/** Plain files win over gzipped ones of the same name. */
function findFile(folder: string, names: readonly string[], wanted: Wanted): string {
  const pattern = new RegExp(
    `^(${wanted.prefixes.join('|')})-${wanted.content}[-.]idx[${wanted.axes}]-ubyte(\\.gz)?$`,
  );
  const found = names.filter((name) => pattern.test(name)).sort((a, b) => a.length - b.length);
  if (found.length > 0) {
    return join(folder, found[0]);
  }
  const spelling = `${wanted.prefixes[0]}-${wanted.content}-idx${wanted.axes[0]}-ubyte`;
  throw new HumanError(
    `${folder} has no ${spelling} (or ${spelling}.gz): give the folder with the training and test images and labels.`,
  );
}

async function readPart(files: {
  part: 'train' | 'test';
  imagesFile: string;
  labelsFile: string;
}): Promise<LabelledImages> {
  const read = { ...files, images: await readIdx(files.imagesFile), labels: await readIdx(files.labelsFile) };
  checkShapes(read);
  return read;
}

function checkShapes({ imagesFile, labelsFile, images, labels }: LabelledImages): void {
  const [count, , , channels = 1] = images.shape;
  if (images.shape.length < 3 || ![1, 3].includes(channels)) {
    throw new HumanError(
      `${imagesFile} has the shape ${images.shape.join(' x ')}: images must be [count, height, width] or [count, height, width, 1 or 3].`,
    );
  }
  if (labels.shape.length !== 1) {
    throw new HumanError(
      `${labelsFile} has ${labels.shape.length} axes: labels must be one number per image.`,
    );
  }
  if (labels.shape[0] !== count) {
    throw new HumanError(
      `${labelsFile} has ${labels.shape[0]} labels and ${imagesFile} has ${count} images: give files that belong together.`,
    );
  }
}

function checkSameSize(train: LabelledImages, test: LabelledImages): void {
  const sizes = [train, test].map(({ images }) => images.shape.slice(1).join(' x '));
  if (sizes[0] !== sizes[1]) {
    throw new HumanError(
      `${test.imagesFile} has images of ${sizes[1]} and ${train.imagesFile} of ${sizes[0]}: give files that belong together.`,
    );
  }
}

function smallestLabel({ labels }: LabelledImages): number {
  return labels.values.reduce((least, label) => Math.min(least, label), 255);
}

/** Labels count from 0, or from 1 as in EMNIST's letters, and leave none out; returns the number of classes. */
function checkTrainLabels({ labelsFile, labels }: LabelledImages, smallest: number): number {
  const present = new Set(labels.values);
  const largest = Math.max(...present);
  if (smallest > 1 || largest - smallest + 1 !== present.size) {
    let missing = smallest > 1 ? 0 : smallest;
    while (present.has(missing)) {
      missing++;
    }
    throw new HumanError(
      `${labelsFile} has labels out of range: ${largest} occurs and ${missing} does not; number the classes from 0 without gaps.`,
    );
  }
  if (present.size < 2) {
    throw new HumanError(`${labelsFile} has only one class: contrastive training needs at least two.`);
  }
  return present.size;
}

function checkTestLabels({ labelsFile, labels }: LabelledImages, smallest: number, classCount: number): void {
  const wrong = labels.values.findIndex((label) => label < smallest || label >= smallest + classCount);
  if (wrong >= 0) {
    throw new HumanError(
      `${labelsFile} has the label ${labels.values[wrong]} at sample ${wrong}, out of the training set's range ${smallest} to ${smallest + classCount - 1}: give files that belong together.`,
    );
  }
}

function toImageSet(read: LabelledImages, smallest: number, classNames: readonly string[]): ImageSet {
  const [count, height, width, channels = 1] = read.images.shape;
  const labels = allocateLabels(count);
  labels.set(read.labels.values);
  for (let i = 0; i < count; i++) {
    labels[i] -= smallest;
  }
  return { images: read.images.values, labels, count, height, width, channels, classNames, part: read.part };
}
