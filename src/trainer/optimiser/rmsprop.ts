/**
 * RMSProp (Tieleman and Hinton, Coursera lecture 6.5, 2012) as PyTorch defines it, with g including L2 weight decay:
 * s <- rho s + (1 - rho) g^2, d = g / (sqrt(s) + epsilon), v <- momentum v + d, p <- p - rate v; without momentum v is d.
 * TensorFlow's form, which the paper's linear stage used, differs in three places: it divides by sqrt(s + epsilon),
 * starts s at one, and puts the rate inside the momentum (v <- momentum v + rate d), so that the past keeps its rate.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, OptimiserStep, Target } from './optimiser';
import { blended, penalised, updateEach, zeroSlots } from './optimiser';
import { SLOT_PREFIX } from './sgd';

export interface RmspropSetting {
  /** Share of the past in the mean of squared gradients: `alpha` in PyTorch. */
  readonly rho: number;
  readonly epsilon: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Prefix of the slot that holds the mean of squared gradients. */
export const SQUARE_PREFIX = 'square/';

/** The optimiser of this setting; it keeps momentum slots only where there is momentum. */
export function rmsprop(setting: RmspropSetting): Optimiser {
  return {
    slots: (parameters) => [
      ...zeroSlots(SQUARE_PREFIX, parameters),
      ...(setting.momentum > 0 ? zeroSlots(SLOT_PREFIX, parameters) : []),
    ],
    step: (step) => updateEach(step, (target) => rmspropUpdate(target, step, setting)),
  };
}

function rmspropUpdate(target: Target, { state, rate }: OptimiserStep, setting: RmspropSetting) {
  const { name, value } = target;
  const gradient = penalised(target, setting.weightDecay);
  const square = blended(state[SQUARE_PREFIX + name], tf.square(gradient), setting.rho);
  const scaled = tf.div(gradient, tf.add(tf.sqrt(square), setting.epsilon));
  const squares: Record<string, Tensor> = { [SQUARE_PREFIX + name]: square };
  if (setting.momentum === 0) return { ...squares, [name]: tf.sub(value, tf.mul(scaled, rate)) };
  const velocity = tf.add(tf.mul(state[SLOT_PREFIX + name], setting.momentum), scaled);
  return { ...squares, [SLOT_PREFIX + name]: velocity, [name]: tf.sub(value, tf.mul(velocity, rate)) };
}
