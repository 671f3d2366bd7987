/**
 * What a contrastive step optimises, chosen by the configuration: the loss in its configured scale, and beside it,
 * unscaled, what runs of different recipes compare by.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Configuration } from '../../domain/configuration/schema';
import { lossFactor } from '../../domain/losses/scale';
import { isModulePath } from '../../domain/configuration/modulePath';
import type { OwnLoss } from '../own/loss';
import type { ContrastiveTerms } from './contrastive';
import { countPairs } from './contrastive';
import { labelPairs, weightPairs } from './pairs';
import { rowRanges } from './rowRanges';
import { meanSquaredLength, nPairsLoss, sohnNPairsLoss } from './nPairs';
import { simClrLoss } from './simclr';
import { supConLoss } from './supcon';
import { tripletLoss } from './triplet';

export interface ObjectiveTerms {
  /** What is optimised. */
  readonly loss: Scalar;
  /** `unscaledLoss`, the counts of the masks, and the parts of a joint loss. */
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** What a batch holds beside one label a view where samples have several labels or soft ones. */
export interface SoftLabels {
  /** How much of a positive two images are, [N, N]. */
  readonly pairWeights: Tensor2D;
  /** Weights of labels, [M, C]. */
  readonly labelWeights: Tensor2D;
}

/** From embeddings [M, d] and labels [M] of one view-major batch to its loss. */
export type Objective = (embeddings: Tensor2D, labels: Tensor1D, soft?: SoftLabels) => ObjectiveTerms;

/**
 * The contrastive part of a configured loss.
 * @param views V
 */
export function contrastiveObjective(loss: Configuration['loss'], views: number, own?: OwnLoss): Objective {
  const setting = { ...loss, views };
  const supCon = (z: Tensor2D, labels: Tensor1D, soft?: SoftLabels) =>
    supConLoss(z, labels, { ...setting, pairWeights: soft?.pairWeights });
  if (isModulePath(loss.name)) return ownObjective(own, setting);
  const factor = lossFactor(loss);
  switch (loss.name) {
    case 'supcon':
    case 'supcon+cross-entropy':
      return (z, labels, soft) => scaled(supCon(z, labels, soft), factor);
    case 'simclr':
      return (z, labels) => scaled(simClrLoss(z, labels, setting), factor);
    case 'supcon+simclr':
      return (z, labels, soft) =>
        mixture(supCon(z, labels, soft), simClrLoss(z, labels, setting), {
          alpha: loss.weight,
          factor,
        });
    case 'n-pairs':
      return (z, labels) => scaled(nPairsLoss(z, labels, loss.chunk), factor);
    case 'n-pairs-sohn':
      return (z, labels) => penalised(sohnNPairsLoss(z, labels, loss.chunk), z, loss.lengthPenalty);
    case 'triplet':
      return (z, labels) =>
        scaled(tripletLoss(z, labels, { margin: loss.tripletMargin, chunk: loss.chunk }), factor);
    case 'cross-entropy':
    case 'large-margin':
      throw new Error(`The loss ${loss.name} compares no views`);
  }
}

/** A loss of the user's own is optimised as it is; the counts are those of labels. */
function ownObjective(own: OwnLoss | undefined, setting: { views: number; chunk: number }): Objective {
  if (own === undefined) throw new Error('The module of the loss was not loaded');
  const { views, chunk } = setting;
  return (z, labels, soft) => {
    const loss = own(z, labels, soft?.labelWeights);
    const layout = { images: z.shape[0] / views, views, anchors: 'all', chunk } as const;
    const pairs =
      soft === undefined ? labelPairs(labels, layout) : weightPairs(soft.pairWeights, labels, layout);
    const counts = countPairs(pairs, rowRanges(pairs.anchors, chunk));
    return { loss, outputs: { unscaledLoss: tf.clone(loss), ...counts } };
  };
}

function scaled({ loss, ...counts }: ContrastiveTerms, factor: number): ObjectiveTerms {
  return { loss: tf.mul(loss, factor), outputs: { unscaledLoss: loss, ...counts } };
}

/** alpha * SupCon + (1 - alpha) * SimCLR; the counts are those of SupCon's masks. */
function mixture(
  { loss: supConPart, ...counts }: ContrastiveTerms,
  { loss: simClrPart }: ContrastiveTerms,
  { alpha, factor }: { alpha: number; factor: number },
): ObjectiveTerms {
  const unscaledLoss = weighted(supConPart, simClrPart, alpha);
  const parts = { supConLoss: supConPart, simClrLoss: simClrPart };
  return { loss: tf.mul(unscaledLoss, factor), outputs: { unscaledLoss, ...counts, ...parts } };
}

/** The penalty on lengths is optimised but is no part of the unscaled loss. */
function penalised({ loss, ...counts }: ContrastiveTerms, z: Tensor2D, penalty: number): ObjectiveTerms {
  const total: Scalar = tf.add(loss, tf.mul(meanSquaredLength(z), penalty));
  return { loss: total, outputs: { unscaledLoss: loss, ...counts } };
}

/** alpha * first + (1 - alpha) * second. */
export function weighted(first: Scalar, second: Scalar, alpha: number): Scalar {
  return tf.add(tf.mul(first, alpha), tf.mul(second, 1 - alpha));
}
