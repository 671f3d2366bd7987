/**
 * Stochastic gradient descent with momentum and L2 weight decay, as PyTorch defines it:
 * v <- momentum v + (g + decay p), p <- p - rate v. Decay acts on kernels alone.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, OptimiserStep } from './optimiser';
import { trainable, zeroSlots } from './optimiser';

export interface SgdSetting {
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Prefix of the momentum slot of a parameter in the session's state. */
export const SLOT_PREFIX = 'momentum/';

/** The optimiser of this setting. */
export function sgd(setting: SgdSetting): Optimiser {
  return {
    slots: (parameters) => zeroSlots(SLOT_PREFIX, parameters),
    step: (step) => sgdStep(step, setting),
  };
}

function sgdStep(
  { parameters, state, gradients, rate }: OptimiserStep,
  { momentum, weightDecay }: SgdSetting,
): Record<string, Tensor> {
  const updated: Record<string, Tensor> = {};
  trainable(parameters).forEach(({ name, role }, index) => {
    const value = state[name];
    const decay = role === 'kernel' ? weightDecay : 0;
    const gradient = decay > 0 ? tf.add(gradients[index], tf.mul(value, decay)) : gradients[index];
    const velocity = tf.add(tf.mul(state[SLOT_PREFIX + name], momentum), gradient);
    updated[SLOT_PREFIX + name] = velocity;
    updated[name] = tf.sub(value, tf.mul(velocity, rate));
  });
  return updated;
}
