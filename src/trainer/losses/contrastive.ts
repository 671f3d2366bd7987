/**
 * The contrastive loss in its general form as tensors; formulas in domain/losses/rowForms.ts. What is left out is
 * masked before the maximum is taken, so that log-sum-exp in fp32 is safe at low temperature; anchors without
 * positives, or without negatives where they are needed, are left out of the mean and counted.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { ContrastiveForm } from '../../domain/losses/rowForms';
import type { PairRows, PairSource } from './pairs';
import type { RowRange } from './rowRanges';
import { productsOf, rowRanges, sumOfAll, sumOverRanges } from './rowRanges';

export interface ContrastiveSetting extends ContrastiveForm {
  readonly temperature: number;
  /** Anchors at a time; 0 is all. */
  readonly chunk: number;
}

export interface ContrastiveTerms {
  /** Mean over valid anchors, unscaled; 0 where none is valid. */
  readonly loss: Scalar;
  /** Mean over anchors. */
  readonly positivesPerAnchor: Scalar;
  readonly anchorsWithoutPositives: Scalar;
  readonly anchorsWithoutNegatives: Scalar;
}

/** @param embeddings [M, d], L2-normalised unless the loss says otherwise */
export function contrastiveLoss(
  embeddings: Tensor2D,
  pairs: PairSource,
  setting: ContrastiveSetting,
): ContrastiveTerms {
  const ranges = rowRanges(pairs.anchors, setting.chunk);
  const sum = sumOverRanges(embeddings, ranges, (z, range) => {
    const rows = pairs.rows(range);
    const logits: Tensor2D = tf.div(productsOf(z, range), setting.temperature);
    return tf.sum(tf.mul(rowLosses(logits, rows, setting), validAnchors(rows, setting)));
  });
  const valid = sumOfAll(ranges.map((range) => tf.sum(validAnchors(pairs.rows(range), setting))));
  return { loss: tf.div(sum, tf.maximum(valid, 1)), ...countPairs(pairs, ranges) };
}

/** Positives and gaps of the masks, as outputs of a step. */
export function countPairs(pairs: PairSource, ranges: readonly RowRange[]): Omit<ContrastiveTerms, 'loss'> {
  const positives = sumOfAll(ranges.map((range) => tf.sum(pairs.rows(range).positives)));
  return {
    positivesPerAnchor: tf.div(positives, pairs.anchors),
    anchorsWithoutPositives: sumOfAll(ranges.map((range) => emptyRows(pairs.rows(range).positives))),
    anchorsWithoutNegatives: sumOfAll(ranges.map((range) => emptyRows(pairs.rows(range).negatives))),
  };
}

/** The loss of each anchor, [rows]; meaningless where `validAnchors` is 0. */
function rowLosses(logits: Tensor2D, rows: PairRows, form: ContrastiveForm): Tensor1D {
  switch (form.denominator) {
    case 'all':
      return tf.sub(logSumExp(logits, rows.log(rows.members)), score(logits, rows, form));
    case 'negatives':
      return tf.sub(logNegatives(logits, rows), score(logits, rows, form));
    case 'one-positive': {
      // log of e^s / (e^s + N): minus softplus(log N - s).
      const surprise: Tensor2D = tf.softplus(tf.sub(tf.expandDims(logNegatives(logits, rows), 1), logits));
      return tf.neg(score(tf.neg(surprise), rows, form));
    }
  }
}

/** Mean of the values over positives, or the logarithm of the mean of their exponentials, [rows]. */
function score(values: Tensor2D, rows: PairRows, { sum }: ContrastiveForm): Tensor1D {
  const share: Tensor1D = tf.sum(rows.positives, 1);
  const atLeast = tf.add(share, tf.sub(1, isPositive(share)));
  if (sum === 'out') return tf.div(tf.sum(tf.mul(values, rows.positives), 1), atLeast);
  return tf.sub(logSumExp(values, rows.log(rows.positives)), tf.log(atLeast));
}

function logNegatives(logits: Tensor2D, rows: PairRows): Tensor1D {
  return logSumExp(logits, rows.log(rows.negatives));
}

/** 1 for each anchor that the mean counts, [rows]. */
function validAnchors({ positives, negatives }: PairRows, { denominator }: ContrastiveForm): Tensor1D {
  const hasPositive: Tensor1D = isPositive(tf.sum(positives, 1));
  return denominator === 'all' ? hasPositive : tf.mul(hasPositive, isPositive(tf.sum(negatives, 1)));
}

function isPositive(x: Tensor1D): Tensor1D {
  return tf.cast(tf.greater(x, 0), 'float32');
}

function emptyRows(weights: Tensor2D): Scalar {
  return tf.sum(tf.cast(tf.equal(tf.sum(weights, 1), 0), 'float32'));
}

/** log sum exp of logits and logarithms of weights, [rows]. */
function logSumExp(logits: Tensor2D, logWeights: Tensor2D): Tensor1D {
  const weighed = tf.add(logits, logWeights);
  const maximum = tf.max(weighed, 1, true);
  return tf.add(tf.log(tf.sum(tf.exp(tf.sub(weighed, maximum)), 1)), tf.squeeze(maximum, [1]));
}
