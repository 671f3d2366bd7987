/** Which of a file's arrays are samples and labels, of training and of test. */
import { HumanError } from '../../domain/errors';

/** Names of arrays that belong together. */
export interface ArrayPair {
  readonly samples: string;
  readonly labels: string;
}

/** The arrays of a set; without `test`, a test set must be put aside. */
export interface ArrayRoles {
  readonly train: ArrayPair;
  readonly test?: ArrayPair | undefined;
}

const SAMPLES = ['x', 'images', 'features', 'data', 'embeddings'];
const LABELS = ['y', 'labels', 'label', 'targets', 'target'];
const TRAIN = ['train', 'training'];
/** `val` is the test set of a file without `test`. */
const TEST = ['test', 'testing', 'val', 'valid', 'validation'];
const POSITIONAL = { samples: 'arr_0', labels: 'arr_1' };

/**
 * Finds the arrays of a set. `wanted` names them, two or four with commas between; empty finds them by common names:
 * x_train, y_train, x_test, y_test, also train_images or images_train and so on, or images and labels, X and y.
 * Throws HumanError naming the arrays that are there.
 */
export function findArrays(path: string, names: readonly string[], wanted: string): ArrayRoles {
  const roles = wanted === '' ? usualRoles(names) : namedRoles(wanted);
  const missing = roles && rolesNames(roles).find((name) => !names.includes(name));
  if (roles === undefined || missing !== undefined) {
    throw new HumanError(
      `${path} has no ${missing === undefined ? 'arrays with usual names such as x_train and y_train' : `array ${missing}`}: set "dataset.arrays" to the samples and labels among ${names.join(', ')}.`,
    );
  }
  return roles;
}

function rolesNames({ train, test }: ArrayRoles): string[] {
  return [train, test].flatMap((pair) => (pair === undefined ? [] : [pair.samples, pair.labels]));
}

function namedRoles(wanted: string): ArrayRoles {
  const names = wanted.split(',').map((name) => name.trim());
  const pairAt = (place: number): ArrayPair => ({ samples: names[place], labels: names[place + 1] });
  return { train: pairAt(0), test: names.length > 2 ? pairAt(2) : undefined };
}

function usualRoles(names: readonly string[]): ArrayRoles | undefined {
  const train = pairOf(names, TRAIN);
  if (train !== undefined) {
    return { train, test: pairOf(names, TEST) };
  }
  const whole = unnamedPair(names);
  return whole === undefined ? undefined : { train: whole };
}

/** A part's arrays, the word for the part before or after that for the content, for the first word that has both. */
function pairOf(names: readonly string[], parts: readonly string[]): ArrayPair | undefined {
  for (const part of parts) {
    const among = (contents: readonly string[]) =>
      contents.flatMap((content) => [`${content}_${part}`, `${part}_${content}`]);
    const pair = { samples: firstOf(names, among(SAMPLES)), labels: firstOf(names, among(LABELS)) };
    if (isWhole(pair)) return pair;
  }
  return undefined;
}

function unnamedPair(names: readonly string[]): ArrayPair | undefined {
  const pair = { samples: firstOf(names, SAMPLES), labels: firstOf(names, LABELS) };
  if (isWhole(pair)) return pair;
  return names.includes(POSITIONAL.samples) && names.includes(POSITIONAL.labels) ? POSITIONAL : undefined;
}

function isWhole(pair: { samples: string | undefined; labels: string | undefined }): pair is ArrayPair {
  return pair.samples !== undefined && pair.labels !== undefined;
}

function firstOf(names: readonly string[], wanted: readonly string[]): string | undefined {
  return wanted.flatMap((name) => names.filter((each) => each.toLowerCase() === name))[0];
}
