/** Stage 2: one step of a linear classifier on frozen features, and its logits. */
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Program } from '../../engine/engine';
import { crossEntropy } from '../losses/crossEntropy';
import type { Head } from '../model/heads';
import type { Optimiser } from '../optimiser/optimiser';
import { trainingStep } from './step';

/** Inputs: `features` [count, F], `labels` [count], `rate` []. Outputs: `loss`, `gradientNorm`, `accuracy`. */
export function linearStepProgram(
  head: Head,
  count: number,
  features: number,
  optimiser: Optimiser,
): Program {
  return {
    inputs: {
      features: { shape: [count, features], dtype: 'float32' },
      labels: { shape: [count], dtype: 'int32' },
      rate: { shape: [], dtype: 'float32' },
    },
    build(inputs, state) {
      return trainingStep(
        {
          parameters: head.parameters,
          optimiser,
          lossOf(context) {
            const logits = head.apply(context, inputs['features'] as Tensor2D);
            const terms = crossEntropy(logits, inputs['labels'] as Tensor1D);
            return { loss: terms.loss, outputs: { accuracy: terms.accuracy } };
          },
        },
        state,
        inputs['rate'] as Scalar,
      );
    },
  };
}

/** Input: `features` [count, F]. Output: `logits` [count, C]. */
export function logitsProgram(head: Head, count: number, features: number): Program {
  return {
    inputs: { features: { shape: [count, features], dtype: 'float32' } },
    build(inputs, state) {
      const context = { mode: 'infer', tensors: state, statistics: {} } as const;
      return { outputs: { logits: head.apply(context, inputs['features'] as Tensor2D) } };
    },
  };
}
