/**
 * The skeleton that every training program shares: a loss over the trainable parameters, its gradient, one
 * step of the optimiser.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { ProgramResult, Tensors } from '../../engine/engine';
import { gradientsWithAux } from '../../engine/ops/gradients';
import type { ModelContext } from '../model/layers';
import type { ParameterSpec } from '../model/parameters';
import type { Optimiser } from '../optimiser/optimiser';
import { globalNorm, trainable } from '../optimiser/optimiser';

export interface LossTerms {
  /** What is optimised. */
  readonly loss: Scalar;
  /** Further outputs by name; none of them is differentiated. */
  readonly outputs: Record<string, Tensor>;
}

export interface StepSetting {
  readonly parameters: readonly ParameterSpec[];
  readonly optimiser: Optimiser;
  /** The loss as a function of the model's tensors. */
  lossOf(context: ModelContext): LossTerms;
}

/**
 * One training step: outputs `loss`, `gradientNorm` (before clipping), `updateNorm` and `parameterNorm` (after the
 * step), and the loss function's own.
 */
export function trainingStep(setting: StepSetting, state: Tensors, rate: Scalar): ProgramResult {
  const names = trainable(setting.parameters).map(({ name }) => name);
  const lossWithAux = (values: readonly Tensor[]) => {
    const statistics: Record<string, Tensor> = {};
    const tensors = { ...state, ...Object.fromEntries(names.map((name, i) => [name, values[i]])) };
    const { loss, outputs } = setting.lossOf({ mode: 'train', tensors, statistics });
    return { loss, aux: { ...labelled(OUTPUT, outputs), ...labelled(STATISTIC, statistics) } };
  };
  const { loss, gradients, aux } = gradientsWithAux(
    lossWithAux,
    names.map((name) => state[name]),
  );
  const { parameters, optimiser } = setting;
  const followed = optimiser.step({ parameters, state, gradients, rate });
  const norms = {
    gradientNorm: globalNorm(followed.gradients),
    updateNorm: globalNorm(names.map((name) => tf.sub(followed.state[name], state[name]))),
    parameterNorm: globalNorm(names.map((name) => followed.state[name])),
  };
  return {
    outputs: { loss, ...norms, ...unlabelled(OUTPUT, aux) },
    state: { ...followed.state, ...unlabelled(STATISTIC, aux) },
  };
}

/** Outputs and new statistics leave the differentiated function together; their labels keep them apart. */
const OUTPUT = 'output:';
const STATISTIC = 'statistic:';

function labelled(label: string, tensors: Tensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [label + name, tensor]));
}

function unlabelled(label: string, tensors: Tensors): Record<string, Tensor> {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(label));
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(label.length), tensor]));
}
