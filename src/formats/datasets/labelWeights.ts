/**
 * Samples with several labels each, or soft ones: a row of weights from 0 to 1, one a class. Whatever reads one label a
 * sample reads the heaviest, the first of equals; where every row has one label of weight 1, that is all there is.
 */
import { HumanError } from '../../domain/errors';
import { allocateLabels, type LabelledSet } from './imageSet';

/** What a set holds of its samples' labels. */
export interface SampleLabels {
  /** The heaviest label of each sample, [count]. */
  readonly labels: Int32Array<SharedArrayBuffer>;
  /** Row-major [count, classes], 0 to 1; absent where every sample has one label of weight 1. */
  readonly labelWeights?: Float32Array<SharedArrayBuffer>;
}

/** A table of weights is held whole; larger ones are many rare labels that should be grouped. */
const MOST_BYTES = 2 ** 31;

/** Weights in shared memory, all 0. Throws HumanError if there are too many to hold. */
export function allocateLabelWeights(
  source: string,
  count: number,
  classes: number,
): Float32Array<SharedArrayBuffer> {
  const bytes = count * classes * Float32Array.BYTES_PER_ELEMENT;
  if (bytes > MOST_BYTES) {
    throw new HumanError(
      `${source} has ${count} samples with weights for ${classes} labels, more than the 2 GiB that can be held: group rare labels.`,
    );
  }
  return new Float32Array(new SharedArrayBuffer(bytes));
}

/**
 * Labels from a table of weights.
 * @param placeOf what sentences call a row
 * @throws HumanError for a row without any label, or with a weight that is not from 0 to 1
 */
export function labelsOfWeights(
  labelWeights: Float32Array<SharedArrayBuffer>,
  classes: number,
  placeOf: (row: number) => string,
): SampleLabels {
  const labels = allocateLabels(labelWeights.length / classes);
  let isSingle = true;
  for (let row = 0; row < labels.length; row++) {
    const weights = labelWeights.subarray(row * classes, (row + 1) * classes);
    checkRow(weights, placeOf, row);
    labels[row] = heaviest(weights);
    isSingle &&= weights.every((weight, c) => weight === (c === labels[row] ? 1 : 0));
  }
  return isSingle ? { labels } : { labels, labelWeights };
}

/** The rows of these samples, in shared memory; undefined where there are no weights. */
export function chooseWeights(
  labelWeights: Float32Array | undefined,
  indices: ArrayLike<number>,
  classes: number,
): Float32Array<SharedArrayBuffer> | undefined {
  if (labelWeights === undefined) return undefined;
  const chosen = allocateLabelWeights('The data set', indices.length, classes);
  for (let place = 0; place < indices.length; place++) {
    const from = indices[place] * classes;
    chosen.set(labelWeights.subarray(from, from + classes), place * classes);
  }
  return chosen;
}

/** Labels with any weight a sample; undefined where each has one. */
export function meanLabels({ labelWeights, count }: LabelledSet): number | undefined {
  if (labelWeights === undefined) return undefined;
  return labelWeights.reduce((sum, weight) => sum + (weight > 0 ? 1 : 0), 0) / count;
}

function checkRow(weights: Float32Array, placeOf: (row: number) => string, row: number): void {
  const wrong = weights.find((weight) => !(weight >= 0 && weight <= 1));
  if (wrong !== undefined) {
    throw new HumanError(
      `${placeOf(row)} has the label weight ${wrong}: weights must be from 0 to 1, for example 0 and 1.`,
    );
  }
  if (weights.every((weight) => weight === 0)) {
    throw new HumanError(
      `${placeOf(row)} has no label: give it one, for example of a class of its own for "none", or take it out.`,
    );
  }
}

function heaviest(weights: Float32Array): number {
  let best = 0;
  for (let c = 1; c < weights.length; c++) if (weights[c] > weights[best]) best = c;
  return best;
}
