/**
 * An optimiser is a value: the slots that it keeps for each parameter, and one step as a pure function of
 * parameters, slots and gradients. Slots are state of the session like the weights, so a checkpoint holds them.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { ParameterSpec } from '../model/parameters';

export interface Optimiser {
  /** The slots of the trainable parameters, with their values before the first step. */
  slots(parameters: readonly ParameterSpec[]): ParameterSpec[];
  /** New parameters and slots by name; see OptimiserStep. */
  step(step: OptimiserStep): Record<string, Tensor>;
}

export interface OptimiserStep {
  readonly parameters: readonly ParameterSpec[];
  /** Parameters and slots by name. */
  readonly state: Tensors;
  /** One gradient a trainable parameter, in the order of `trainable(parameters)`. */
  readonly gradients: readonly Tensor[];
  /** Learning rate of this step. */
  readonly rate: Scalar;
}

/** The parameters that an optimiser changes. */
export function trainable(parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return parameters.filter(({ role }) => role !== 'statistic');
}

/** Slots of zeros, one a trainable parameter, named `prefix` and the parameter's name. */
export function zeroSlots(prefix: string, parameters: readonly ParameterSpec[]): ParameterSpec[] {
  return trainable(parameters).map((parameter) => ({
    ...parameter,
    name: prefix + parameter.name,
    role: 'statistic',
    initial: { constant: 0 },
  }));
}
