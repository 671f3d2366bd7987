/**
 * Stochastic gradient descent with momentum and L2 weight decay, as PyTorch defines it:
 * v <- momentum v + (g + decay p), p <- p - rate v. Decay acts on kernels alone.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { ParameterSpec } from '../model/parameters';

export interface SgdSetting {
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Prefix of the momentum slot of a parameter in the session's state. */
export const SLOT_PREFIX = 'momentum/';

/** The parameters that gradient descent changes. */
export function trainable(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return parameters.filter(({ role }) => role !== 'statistic');
}

/** Momentum slots of the trainable parameters, zero at the start. */
export function slots(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return trainable(parameters).map((parameter) => ({
    ...parameter,
    name: SLOT_PREFIX + parameter.name,
    role: 'statistic',
    initial: { constant: 0 },
  }));
}

/** New parameters and slots after one step; `gradients` in the order of `trainable(parameters)`. */
export function sgdStep(
  parameters: readonly ParameterSpec[],
  state: Tensors,
  gradients: readonly Tensor[],
  options: SgdSetting & { readonly rate: Scalar },
): Record<string, Tensor> {
  const updated: Record<string, Tensor> = {};
  trainable(parameters).forEach(({ name, role }, index) => {
    const value = state[name];
    const decay = role === 'kernel' ? options.weightDecay : 0;
    const gradient = decay > 0 ? tf.add(gradients[index], tf.mul(value, decay)) : gradients[index];
    const velocity = tf.add(tf.mul(state[SLOT_PREFIX + name], options.momentum), gradient);
    updated[SLOT_PREFIX + name] = velocity;
    updated[name] = tf.sub(value, tf.mul(velocity, options.rate));
  });
  return updated;
}
