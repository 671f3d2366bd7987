/**
 * Warnings about what a batch can contain, from the sizes of the classes. A contrastive loss with labels needs in
 * every batch other images of an anchor's class (else it is SimCLR for that anchor) and images of other classes (else
 * there is nothing to tell apart). Shuffled batches draw N of n images without replacement.
 */
import { isContrastive, lossKind } from '../losses/kinds';
import type { Configuration } from '../configuration/schema';
import type { Warning } from './warning';

/** Training images of each class. */
export type ClassCounts = readonly number[];

/** Larger shares of anchors without another image of their class are worth a warning. */
const LARGEST_ALONE = 0.25;
/** Larger shares of batches of a single class are worth a warning. */
const LARGEST_SINGLE = 0.01;

/** Every warning about the batches of a configuration; none for a loss without labels among the views. */
export function batchWarnings(configuration: Configuration, counts: ClassCounts): Warning[] {
  if (!isContrastive(configuration.loss.name) || lossKind(configuration.loss.name).labels === 'unused')
    return [];
  const checks = [aloneWarning, singleClassWarning, smallClassWarning];
  return checks.flatMap((check) => check(configuration, counts) ?? []);
}

/** Expected share of images in a batch that have no other image of their class in it. */
export function shareAlone(batchSize: number, counts: ClassCounts): number {
  const images = sum(counts);
  return sum(
    counts.map((members) => {
      let none = members / images;
      for (let i = 0; i < batchSize - 1 && none > 0; i++)
        none *= Math.max(0, images - members - i) / (images - 1 - i);
      return none;
    }),
  );
}

/** Expected share of batches whose images are all of one class. */
export function shareOfSingleClass(batchSize: number, counts: ClassCounts): number {
  const images = sum(counts);
  return sum(
    counts.map((members) => {
      let all = 1;
      for (let i = 0; i < batchSize && all > 0; i++) all *= Math.max(0, members - i) / (images - i);
      return all;
    }),
  );
}

function aloneWarning({ stage1, augmentation }: Configuration, counts: ClassCounts): Warning | undefined {
  const { sampler, batchSize, perClass } = stage1;
  const balanced = perClass === 1 ? 1 : 0;
  const share = sampler === 'class-balanced' ? balanced : shareAlone(batchSize, counts);
  if (share <= LARGEST_ALONE) return undefined;
  const consequence =
    augmentation.views > 1
      ? 'their only positives are their own other views, as in SimCLR'
      : 'they have no positive at all and are left out of the loss';
  return {
    kind: 'few-positives',
    cause: `About ${percent(share)} of the images of a batch have no other image of their class in it (${batchSize} images, ${counts.length} classes): ${consequence}.`,
    remedy:
      'Raise stage1.batchSize, or set stage1.sampler to "class-balanced" with stage1.perClass of 2 or more.',
  };
}

function singleClassWarning({ stage1 }: Configuration, counts: ClassCounts): Warning | undefined {
  const { sampler, batchSize, perClass } = stage1;
  const balanced = batchSize === perClass ? 1 : 0;
  const share = sampler === 'class-balanced' ? balanced : shareOfSingleClass(batchSize, counts);
  if (share <= LARGEST_SINGLE) return undefined;
  return {
    kind: 'single-class-batches',
    cause: `About ${percent(share)} of the batches hold a single class: they have no negatives, and pull all views to one point.`,
    remedy:
      sampler === 'class-balanced'
        ? `Set stage1.perClass to ${Math.max(1, Math.floor(batchSize / 2))} or less.`
        : 'Raise stage1.batchSize, or set stage1.sampler to "class-balanced" with stage1.perClass below the batch.',
  };
}

function smallClassWarning({ stage1 }: Configuration, counts: ClassCounts): Warning | undefined {
  const { sampler, perClass } = stage1;
  const small = counts.filter((members) => members > 0 && members < perClass).length;
  if (sampler !== 'class-balanced' || small === 0) return undefined;
  return {
    kind: 'small-classes',
    cause: `${small} of ${counts.length} classes have fewer than ${perClass} training images: a batch shows some of theirs twice.`,
    remedy: `Set stage1.perClass to ${Math.min(...counts.filter((members) => members > 0))}, or give these classes more images.`,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
