/**
 * Gradients of a function that also has something to say. `tf.valueAndGrads` disposes of everything computed
 * inside the function except its value; batch statistics and logged quantities must outlive it.
 */
import { clone, keep, valueAndGrads, type Scalar, type Tensor } from '@tensorflow/tfjs-core';

/** What the differentiated function returns: the loss, and named tensors through which no gradient flows. */
export interface LossWithAux {
  readonly loss: Scalar;
  readonly aux: Readonly<Record<string, Tensor>>;
}

/** The loss, its gradient with respect to each tensor given, and the named tensors, all in the caller's scope. */
export interface GradientsWithAux extends LossWithAux {
  readonly gradients: readonly Tensor[];
}

/** Differentiates `compute` with respect to `tensors`; like `tf.valueAndGrads`, with auxiliary results. */
export function gradientsWithAux(
  compute: (tensors: readonly Tensor[]) => LossWithAux,
  tensors: readonly Tensor[],
): GradientsWithAux {
  let kept: [string, Tensor][] = [];
  const differentiate = valueAndGrads((...inputs: Tensor[]) => {
    const { loss, aux } = compute(inputs);
    kept = Object.entries(aux).map(([name, tensor]) => [name, keep(clone(tensor))]);
    return loss;
  });
  const { value, grads } = differentiate([...tensors]);
  const aux = Object.fromEntries(kept.map(([name, tensor]) => [name, released(tensor)]));
  return { loss: value, gradients: grads, aux };
}

/** A kept tensor belongs to no scope; its clone belongs to the current one. */
function released(tensor: Tensor): Tensor {
  const copy = clone(tensor);
  tensor.dispose();
  return copy;
}
