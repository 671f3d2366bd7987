/**
 * From a configured loss and what a batch holds to the lines of its chart: collapse and floor, unscaled and in the
 * scale that is optimised.
 */
import { isModulePath } from '../configuration/modulePath';
import type { Configuration } from '../configuration/schema';
import type { LossBounds } from './bounds';
import {
  UNKNOWN_BOUNDS,
  contrastiveBounds,
  crossEntropyBounds,
  jointBounds,
  mixedBounds,
  softLabelBounds,
  sohnBounds,
  tripletBounds,
} from './bounds';
import type { MixedLabels } from './crossEntropy';
import type { PairCounts } from './pairCounts';
import { classPairCounts, imagePairCounts, labelPairCounts, weightPairCounts } from './pairCounts';
import { SUPCON_FORM } from './rowForms';
import { lossFactor } from './scale';

export interface BatchComposition {
  /** One label a view, view-major. */
  readonly labels: ArrayLike<number>;
  /** V. */
  readonly views: number;
  /** C of the data set. */
  readonly classes: number;
  /** Where images were mixed: the other label of each view, and the share of its own. */
  readonly mix?: Omit<MixedLabels, 'labels'>;
  /** Where samples have several labels or soft ones. */
  readonly weighted?: WeightedLabels;
}

/** What a batch of N images with several labels each, or soft ones, is compared by. */
export interface WeightedLabels {
  /** Row-major [N, C], 0 to 1. */
  readonly labelWeights: ArrayLike<number>;
  /** How much the labels of two images agree, row-major [N, N]. */
  readonly pairWeights: ArrayLike<number>;
}

export interface LossLines {
  readonly unscaled: LossBounds;
  readonly optimised: LossBounds;
}

type LossSetting = Configuration['loss'];

/** Both pairs of lines; not a number where a line has no closed form. */
export function lossLines(loss: LossSetting, batch: BatchComposition): LossLines {
  const unscaled = boundsOf(loss, batch, 1);
  // The penalty on lengths is optimised too, and what it adds depends on the lengths alone.
  if (loss.name === 'n-pairs-sohn' && loss.lengthPenalty > 0) return { unscaled, optimised: UNKNOWN_BOUNDS };
  return { unscaled, optimised: boundsOf(loss, batch, lossFactor(loss)) };
}

/** @param factor on the contrastive part */
function boundsOf(loss: LossSetting, batch: BatchComposition, factor: number): LossBounds {
  const { classes, labels } = batch;
  // What a loss of the user's own is at collapse, nobody knows.
  if (isModulePath(loss.name)) return UNKNOWN_BOUNDS;
  switch (loss.name) {
    case 'supcon':
      return scaled(supConBounds(loss, batch), factor);
    case 'simclr':
      return scaled(simClrBounds(loss, batch), factor);
    case 'supcon+simclr':
      return scaled(mixtureBounds(loss, batch), factor);
    case 'supcon+cross-entropy':
      return jointBounds(
        scaled(supConBounds(loss, batch), factor),
        classifierBounds(loss, batch),
        loss.weight,
      );
    case 'n-pairs':
      return contrastiveBounds(pairCounts(batch, 1), SUPCON_FORM, { classes, temperature: 1 });
    case 'n-pairs-sohn':
      return sohnBounds(classPairCounts(labels));
    case 'triplet':
      return tripletBounds(pairCounts(batch), loss.tripletMargin);
    case 'cross-entropy':
      return classifierBounds(loss, batch);
    case 'large-margin':
      return crossEntropyBounds(classes);
  }
}

function supConBounds(loss: LossSetting, batch: BatchComposition): LossBounds {
  const { temperature } = loss;
  if (batch.weighted !== undefined) return softBounds(loss, batch, batch.weighted);
  const counts = labelPairCounts(batch.labels, { ...loss, views: batch.views }, loss.maxPositives);
  return contrastiveBounds(counts, loss, { classes: batch.classes, temperature });
}

/** Where classes share samples their means cannot sit on a simplex, so there is no floor; collapse is as ever. */
function softBounds(
  loss: LossSetting,
  { views, labels, classes }: BatchComposition,
  { pairWeights }: WeightedLabels,
): LossBounds {
  const counts = weightPairCounts(pairWeights, labels.length / views, { ...loss, views });
  const { collapse } = contrastiveBounds(counts, loss, { classes, temperature: loss.temperature });
  return { collapse, floor: Number.NaN };
}

/** Each image is a class of its own, so the simplex has N corners. */
function simClrBounds(loss: LossSetting, { labels, views }: BatchComposition): LossBounds {
  const counts = imagePairCounts(labels.length, { ...loss, views });
  return contrastiveBounds(counts, loss, { classes: labels.length / views, temperature: loss.temperature });
}

/** SupCon wants the images of a class at one point and SimCLR apart: they share no floor, and a sum would lie below. */
function mixtureBounds(loss: LossSetting, batch: BatchComposition): LossBounds {
  const { collapse } = jointBounds(supConBounds(loss, batch), simClrBounds(loss, batch), loss.weight);
  return { collapse, floor: Number.NaN };
}

function classifierBounds({ labelSmoothing }: LossSetting, batch: BatchComposition): LossBounds {
  const { classes, labels, mix, weighted } = batch;
  if (weighted !== undefined) return softLabelBounds(weighted.labelWeights, classes, labelSmoothing);
  return mix === undefined
    ? crossEntropyBounds(classes, labelSmoothing)
    : mixedBounds({ ...mix, labels }, classes, labelSmoothing);
}

function pairCounts({ labels }: BatchComposition, maxPositives = 0): PairCounts {
  return labelPairCounts(labels, { views: 1, anchors: 'all' }, maxPositives);
}

function scaled({ collapse, floor }: LossBounds, factor: number): LossBounds {
  return { collapse: collapse * factor, floor: floor * factor };
}
