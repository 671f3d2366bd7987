/**
 * LARS, layer-wise adaptive rate scaling, as published (You, Gitman and Ginsburg, arXiv 1708.03888, algorithm 1):
 * a = trust ||w|| / (||g|| + decay ||w||), v <- momentum v + rate a (g + decay w), w <- w - v.
 * The rate is inside the momentum, so the past keeps the rate of its time. Biases and batch normalisation take a = 1
 * and no decay; so does a tensor of zeros in a, which could else never move. The code of SimCLR and SupCon divides by
 * ||g + decay w|| in place of the sum of norms: equal where gradient and weights point the same way, else larger.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, Target } from './optimiser';
import { globalNorm, penalised, updateEach, zeroSlots } from './optimiser';
import { SLOT_PREFIX } from './sgd';

export interface LarsSetting {
  readonly momentum: number;
  readonly weightDecay: number;
  /** eta of the paper. */
  readonly trustCoefficient: number;
}

/** The optimiser of this setting. */
export function lars(setting: LarsSetting): Optimiser {
  return {
    slots: (parameters) => zeroSlots(SLOT_PREFIX, parameters),
    step: (step) =>
      updateEach(step, (target) => {
        const { name, value } = target;
        const rate = layerRate(target, step.rate, setting);
        const change = tf.mul(penalised(target, setting.weightDecay), rate);
        const velocity = tf.add(tf.mul(step.state[SLOT_PREFIX + name], setting.momentum), change);
        return { [SLOT_PREFIX + name]: velocity, [name]: tf.sub(value, velocity) };
      }),
  };
}

/** rate a; [], and a = 1 where the ratio is 0 or undefined. */
function layerRate({ role, value, gradient }: Target, rate: Scalar, setting: LarsSetting): Tensor {
  if (role !== 'kernel') return rate;
  const weightNorm = globalNorm([value]);
  const total = tf.add(globalNorm([gradient]), tf.mul(weightNorm, setting.weightDecay));
  const isDefined = tf.greater(tf.minimum(weightNorm, total), 0);
  const ratio = tf.div(tf.mul(weightNorm, setting.trustCoefficient), total);
  return tf.mul(rate, tf.where(isDefined, ratio, tf.onesLike(ratio)));
}
