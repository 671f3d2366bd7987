/**
 * Gradient accumulation, around any optimiser: every call adds a share of its gradients to sums that are state of
 * the session, and every k-th call takes one step of the inner optimiser on their mean and clears them. One program
 * serves all k calls: between the steps the new values are computed too and weigh nothing. Batch normalisation is
 * no part of this: each call normalises by its own batch and moves the running statistics.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Optimiser, OptimiserResult, OptimiserStep } from './optimiser';
import { scalarSlot, trainable, zeroSlots } from './optimiser';

/** Prefix of the slot with a parameter's sum of gradients, each divided by k. */
export const SUM_PREFIX = 'sum/';
/** Calls since the last step. */
const CALLS = 'accumulation/calls';

/** The optimiser that takes one step of `inner` on the mean gradient of every `count` calls. */
export function accumulated(inner: Optimiser, count: number): Optimiser {
  return {
    slots: (parameters) => [
      ...inner.slots(parameters),
      ...zeroSlots(SUM_PREFIX, parameters),
      scalarSlot(CALLS),
    ],
    step: (step) => accumulatedStep(step, inner, count),
  };
}

function accumulatedStep(step: OptimiserStep, inner: Optimiser, count: number): OptimiserResult {
  const names = trainable(step.parameters).map(({ name }) => name);
  const calls = tf.add(step.state[CALLS], 1);
  const isDue = tf.cast(tf.greaterEqual(calls, count), 'float32');
  const isEarly = tf.sub(1, isDue);
  const means = names.map((name, i) =>
    tf.add(step.state[SUM_PREFIX + name], tf.div(step.gradients[i], count)),
  );
  const { state, gradients } = inner.step({ ...step, gradients: means });
  const chosen = Object.entries(state).map(([name, fresh]): [string, Tensor] => [
    name,
    tf.add(tf.mul(step.state[name], isEarly), tf.mul(fresh, isDue)),
  ]);
  const sums = names.map((name, i): [string, Tensor] => [SUM_PREFIX + name, tf.mul(means[i], isEarly)]);
  return {
    state: { ...Object.fromEntries([...chosen, ...sums]), [CALLS]: tf.mul(calls, isEarly) },
    gradients,
  };
}
