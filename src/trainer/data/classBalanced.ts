/**
 * M samples of each of K classes in every batch, after the MPerClassSampler of pytorch-metric-learning. Each batch
 * draws its K classes anew. A class deals its members from a shuffled deck, M at a time; a rest smaller than M is put
 * back and the deck shuffled again, so that a batch holds no sample twice. A class of fewer than M members fills its
 * place by going round: its members come floor(M / members) or one more times. As many batches make an epoch as
 * without classes, so frequent classes show a part of their members, and rare ones all of them several times.
 */
import { HumanError } from '../../domain/errors';
import { permutation } from '../../domain/random/permutation';
import { PURPOSE } from '../../domain/random/stream';
import type { LabelledSamples } from './order';

export interface ClassBalancedSetting {
  /** A multiple of `perClass`. */
  readonly batchSize: number;
  /** M. */
  readonly perClass: number;
  /** Batches in an epoch. */
  readonly batches: number;
  readonly seed: number;
}

/**
 * The samples of an epoch, [batches * batchSize], class after class within a batch, as a function of the epoch.
 * Throws HumanError if there are fewer classes than a batch needs.
 */
export function classBalancedOrder(
  samples: LabelledSamples,
  setting: ClassBalancedSetting,
): (epoch: number) => Int32Array {
  const { batchSize, perClass, batches, seed } = setting;
  const classes = membersByClass(samples);
  const needed = batchSize / perClass;
  if (classes.length < needed) throw new HumanError(tooFewClasses(classes.length, setting));
  return (epoch) => {
    const decks = classes.map((members, index) => shuffledDeck(members, [seed, PURPOSE.order, epoch, index]));
    const order = new Int32Array(batches * batchSize);
    for (let batch = 0; batch < batches; batch++) {
      const drawn = permutation(classes.length, seed, PURPOSE.classes, epoch, batch).subarray(0, needed);
      drawn.forEach((index, place) =>
        order.set(decks[index](perClass), batch * batchSize + place * perClass),
      );
    }
    return order;
  };
}

/** Members of each class that has any, by label. */
function membersByClass({ indices, labels }: LabelledSamples): Int32Array[] {
  const members = new Map<number, number[]>();
  for (const index of indices) {
    const known = members.get(labels[index]);
    if (known === undefined) members.set(labels[index], [index]);
    else known.push(index);
  }
  return [...members].sort(([a], [b]) => a - b).map(([, list]) => Int32Array.from(list));
}

function tooFewClasses(classes: number, { batchSize, perClass }: ClassBalancedSetting): string {
  const least = Math.ceil(batchSize / classes);
  return (
    `The train split has ${classes} classes, and batches of ${batchSize} with ${perClass} images a class need ${batchSize / perClass}: ` +
    `set "stage1.perClass" to at least ${least}, or "stage1.batchSize" to at most ${classes * perClass}.`
  );
}

/** Deals `count` members at a call; the keys and the number of the shuffle decide the order. */
function shuffledDeck(members: Int32Array, keys: readonly number[]): (count: number) => Int32Array {
  let shuffles = 0;
  let next = members.length;
  let deck = members;
  return (count) => {
    if (next + count > members.length) {
      deck = permutation(members.length, ...keys, shuffles++).map((place) => members[place]);
      next = 0;
    }
    const start = next;
    next += count;
    return Int32Array.from({ length: count }, (_, i) => deck[(start + i) % members.length]);
  };
}
