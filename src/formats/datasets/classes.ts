/** Class names: their order, the labels made from them, and what must hold of their counts. */
import { HumanError } from '../../domain/errors';
import { allocateLabels, type LabelledSet, type TrainAndTest } from './imageSet';

/** More classes than this are an index of single samples taken for labels. */
const MOST_CLASSES = 65_536;

const collator = new Intl.Collator('en', { numeric: true });

/** Names without repeats, numbers in them by value: class2 before class10. */
export function sortClassNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort((a, b) => collator.compare(a, b) || (a < b ? -1 : 1));
}

/** Labels [names.length]: the place of each name in `classNames`, or -1 where it has none. */
export function labelsOf(
  names: readonly string[],
  classNames: readonly string[],
): Int32Array<SharedArrayBuffer> {
  const places = new Map(classNames.map((name, place) => [name, place]));
  const labels = allocateLabels(names.length);
  names.forEach((name, i) => (labels[i] = places.get(name) ?? -1));
  return labels;
}

/** Throws HumanError unless there are two classes at least, not too many, each with training samples, and test samples. */
export function checkClasses(source: string, { train, test }: TrainAndTest): void {
  const { classNames } = train;
  refuseCount(source, classNames.length);
  const present = presentClasses(train);
  const missing = classNames.findIndex((_, label) => !present.has(label));
  if (missing >= 0) {
    throw new HumanError(
      `${source} has no training samples of the class ${classNames[missing]}: add some or take the class out.`,
    );
  }
  if (test.count === 0) {
    throw new HumanError(
      `${source} has no test samples: add some, or more than one sample of a class so that one can be put aside.`,
    );
  }
}

/** The classes that any sample has, among its several labels where it has them. */
function presentClasses({ labels, labelWeights, classNames }: LabelledSet): ReadonlySet<number> {
  const present = new Set(labels);
  labelWeights?.forEach((weight, at) => {
    if (weight > 0) present.add(at % classNames.length);
  });
  return present;
}

/** Throws HumanError for one class, which nothing can be contrasted with, and for more than can be meant. */
export function refuseCount(source: string, classes: number): void {
  if (classes < 2) {
    throw new HumanError(`${source} has only one class: contrastive training needs at least two.`);
  }
  if (classes > MOST_CLASSES) {
    throw new HumanError(
      `${source} has ${classes} classes, more than the ${MOST_CLASSES} that can be read: check that the labels are classes.`,
    );
  }
}

/** The classes that have only one of the samples, alone or beside other labels, in the order of their labels. */
export function singleSampleClasses({ labels, labelWeights, classNames }: LabelledSet): string[] {
  const counts = new Int32Array(classNames.length);
  if (labelWeights === undefined) for (const label of labels) counts[label]++;
  else labelWeights.forEach((weight, at) => (counts[at % counts.length] += weight > 0 ? 1 : 0));
  return classNames.filter((_, label) => counts[label] === 1);
}
