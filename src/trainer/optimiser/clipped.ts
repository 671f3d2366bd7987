/** Gradient clipping by the global norm (Pascanu et al., arXiv 1211.5063, algorithm 1), around any optimiser. */
import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from './optimiser';
import { globalNorm } from './optimiser';

/**
 * The optimiser on gradients whose norm, all together, is at most `limit`: g min(1, limit / ||g||). The result's
 * gradients are those before clipping, so a recorded norm shows how far over the limit it was.
 */
export function clipped(inner: Optimiser, limit: number): Optimiser {
  return {
    slots: (parameters) => inner.slots(parameters),
    step(step) {
      const factor = tf.div(limit, tf.maximum(globalNorm(step.gradients), limit));
      const gradients = step.gradients.map((gradient) => tf.mul(gradient, factor));
      return { state: inner.step({ ...step, gradients }).state, gradients: step.gradients };
    },
  };
}
