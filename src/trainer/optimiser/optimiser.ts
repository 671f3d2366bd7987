/**
 * An optimiser is a value: the slots that it keeps, and one step as a pure function of parameters, slots and
 * gradients. Slots are state of the session like the weights, so a checkpoint holds them. Weight decay and
 * layer-wise adaptation act on kernels alone: biases and batch normalisation are exempt in every optimiser.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Tensors } from '../../engine/engine';
import type { ParameterRole, ParameterSpec } from '../../domain/model/parameters';

export interface Optimiser {
  /** The slots of these parameters, with their values before the first step. */
  slots(parameters: readonly ParameterSpec[]): ParameterSpec[];
  step(step: OptimiserStep): OptimiserResult;
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

export interface OptimiserResult {
  /** New parameters and slots by name. */
  readonly state: Record<string, Tensor>;
  /** The gradients that were followed, before any clipping: those of the step, or their mean over several batches. */
  readonly gradients: readonly Tensor[];
}

/** One trainable parameter in a step. */
export interface Target {
  readonly name: string;
  readonly role: ParameterRole;
  readonly value: Tensor;
  readonly gradient: Tensor;
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

/** A slot that holds a single number, 0 before the first step. */
export function scalarSlot(name: string): ParameterSpec {
  return { name, shape: [], role: 'statistic', initial: { constant: 0 } };
}

/** The result of a step that treats each trainable parameter for itself; `update` gives its new tensors by name. */
export function updateEach(
  { parameters, state, gradients }: OptimiserStep,
  update: (target: Target) => Record<string, Tensor>,
): OptimiserResult {
  const updates = trainable(parameters).map(({ name, role }, index) =>
    update({ name, role, value: state[name], gradient: gradients[index] }),
  );
  return { state: Object.fromEntries(updates.flatMap((tensors) => Object.entries(tensors))), gradients };
}

/** The gradient with an L2 penalty of half the decay times the squared weights: g + decay p, on kernels alone. */
export function penalised({ role, value, gradient }: Target, weightDecay: number): Tensor {
  return role === 'kernel' && weightDecay > 0 ? tf.add(gradient, tf.mul(value, weightDecay)) : gradient;
}

/** The Euclidean norm of all these tensors as one vector, []. */
export function globalNorm(tensors: readonly Tensor[]): Scalar {
  const squares = tensors.map((tensor) => tf.sum(tf.square(tensor)));
  return tf.sqrt(tf.sum(tf.stack(squares)));
}

/** keep x + (1 - keep) y: an exponential mean that keeps this share of its past. */
export function blended(x: Tensor, y: Tensor, keep: number): Tensor {
  return tf.add(tf.mul(x, keep), tf.mul(y, 1 - keep));
}
