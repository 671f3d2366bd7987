/**
 * Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) and AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2)
 * as PyTorch defines them: m <- beta1 m + (1 - beta1) g, s <- beta2 s + (1 - beta2) g^2,
 * p <- p - rate (m / w1) / (sqrt(s / w2) + epsilon), where w = 1 - beta^t corrects the bias of means that began at zero.
 * Adam adds decay p to g; AdamW shrinks p by the factor 1 - rate decay instead, apart from the gradient.
 *
 * w is kept as the same mean of ones, w <- beta w + (1 - beta): equal to 1 - beta^t, but without its cancellation in
 * single precision at small t, and it cannot outgrow a counter.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, OptimiserResult, OptimiserStep, Target } from './optimiser';
import { blended, penalised, scalarSlot, updateEach, zeroSlots } from './optimiser';
import { SQUARE_PREFIX } from './rmsprop';

export interface AdamSetting {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
  /** `penalty` adds to the gradient (Adam), `shrinkage` acts on the weights (AdamW). */
  readonly decay: 'penalty' | 'shrinkage';
}

/** Prefix of the slot that holds the mean of gradients. */
export const MEAN_PREFIX = 'mean/';
/** Slots with the weight of all gradients seen so far in the two means. */
const MEAN_WEIGHT = 'adam/mean-weight';
const SQUARE_WEIGHT = 'adam/square-weight';

/** The optimiser of this setting. */
export function adam(setting: AdamSetting): Optimiser {
  return {
    slots: (parameters) => [
      ...zeroSlots(MEAN_PREFIX, parameters),
      ...zeroSlots(SQUARE_PREFIX, parameters),
      scalarSlot(MEAN_WEIGHT),
      scalarSlot(SQUARE_WEIGHT),
    ],
    step: (step) => adamStep(step, setting),
  };
}

interface Correction {
  /** rate / w1. */
  readonly stepSize: Tensor;
  /** sqrt(w2). */
  readonly rootWeight: Tensor;
}

function adamStep(step: OptimiserStep, setting: AdamSetting): OptimiserResult {
  const meanWeight = blended(step.state[MEAN_WEIGHT], tf.scalar(1), setting.beta1);
  const squareWeight = blended(step.state[SQUARE_WEIGHT], tf.scalar(1), setting.beta2);
  const correction = { stepSize: tf.div(step.rate, meanWeight), rootWeight: tf.sqrt(squareWeight) };
  const update = adamUpdate(step, setting, correction);
  const { state, gradients } = updateEach(step, update);
  return { state: { ...state, [MEAN_WEIGHT]: meanWeight, [SQUARE_WEIGHT]: squareWeight }, gradients };
}

function adamUpdate({ state, rate }: OptimiserStep, setting: AdamSetting, correction: Correction) {
  return (target: Target): Record<string, Tensor> => {
    const { name } = target;
    const gradient = penalised(target, setting.decay === 'penalty' ? setting.weightDecay : 0);
    const mean = blended(state[MEAN_PREFIX + name], gradient, setting.beta1);
    const square = blended(state[SQUARE_PREFIX + name], tf.square(gradient), setting.beta2);
    const root = tf.add(tf.div(tf.sqrt(square), correction.rootWeight), setting.epsilon);
    const change = tf.mul(tf.div(mean, root), correction.stepSize);
    return {
      [MEAN_PREFIX + name]: mean,
      [SQUARE_PREFIX + name]: square,
      [name]: tf.sub(shrunk(target, rate, setting), change),
    };
  };
}

/** The weights before the step: those of kernels shrunk where decay acts on the weights. */
function shrunk({ role, value }: Target, rate: Scalar, { decay, weightDecay }: AdamSetting): Tensor {
  const isShrunk = decay === 'shrinkage' && role === 'kernel' && weightDecay > 0;
  return isShrunk ? tf.mul(value, tf.sub(1, tf.mul(rate, weightDecay))) : value;
}
