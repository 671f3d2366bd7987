/**
 * The skeleton that every training program shares: a loss over the trainable parameters, its gradient, one
 * step of SGD. Side outputs computed inside the loss function survive through tf.keep.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { ProgramResult, Tensors } from '../../engine/engine';
import type { ModelContext } from '../model/layers';
import type { ParameterSpec } from '../model/parameters';
import type { SgdSetting } from '../optimiser/sgd';
import { sgdStep, trainable } from '../optimiser/sgd';

export interface LossTerms {
  /** What is optimised. */
  readonly loss: Scalar;
  /** Further outputs by name; none of them is differentiated. */
  readonly outputs: Record<string, Tensor>;
}

export interface StepSetting {
  readonly parameters: readonly ParameterSpec[];
  readonly sgd: SgdSetting;
  /** The loss as a function of the model's tensors. */
  lossOf(context: ModelContext): LossTerms;
}

/** One training step: outputs `loss`, `gradientNorm` and the loss function's own. */
export function trainingStep(setting: StepSetting, state: Tensors, rate: Scalar): ProgramResult {
  const names = trainable(setting.parameters).map(({ name }) => name);
  const statistics: Record<string, Tensor> = {};
  const outputs: Record<string, Tensor> = {};
  const { value, grads } = tf.valueAndGrads((...values: Tensor[]) => {
    const tensors = { ...state, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) };
    const terms = setting.lossOf({ mode: 'train', tensors, statistics });
    for (const [name, tensor] of Object.entries(terms.outputs)) outputs[name] = tf.keep(tensor);
    return terms.loss;
  })(names.map((name) => state[name]));
  const updated = sgdStep(setting.parameters, state, grads, { ...setting.sgd, rate });
  return {
    outputs: { loss: value, gradientNorm: globalNorm(grads), ...outputs },
    state: { ...updated, ...statistics },
  };
}

function globalNorm(gradients: readonly Tensor[]): Tensor {
  const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
  return tf.sqrt(squares.reduce((sum, square) => tf.add(sum, square)));
}
