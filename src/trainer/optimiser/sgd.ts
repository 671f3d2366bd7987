/**
 * Stochastic gradient descent with momentum and L2 weight decay, as PyTorch defines it:
 * v <- momentum v + (g + decay p), p <- p - rate v. Nesterov's form looks ahead: p <- p - rate (g + decay p + momentum v).
 * Decay acts on kernels alone.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from './optimiser';
import { penalised, updateEach, zeroSlots } from './optimiser';

export interface SgdSetting {
  readonly momentum: number;
  readonly weightDecay: number;
  /** Nesterov's form; it needs momentum. */
  readonly nesterov?: boolean;
}

/** Prefix of the momentum slot of a parameter in the session's state. */
export const SLOT_PREFIX = 'momentum/';

/** The optimiser of this setting. */
export function sgd({ momentum, weightDecay, nesterov = false }: SgdSetting): Optimiser {
  return {
    slots: (parameters) => zeroSlots(SLOT_PREFIX, parameters),
    step: (step) =>
      updateEach(step, (target) => {
        const { name, value } = target;
        const gradient = penalised(target, weightDecay);
        const velocity = tf.add(tf.mul(step.state[SLOT_PREFIX + name], momentum), gradient);
        const direction = nesterov ? tf.add(gradient, tf.mul(velocity, momentum)) : velocity;
        return {
          [SLOT_PREFIX + name]: velocity,
          [name]: tf.sub(value, tf.mul(direction, step.rate)),
        };
      }),
  };
}
