/** The head that each loss trains on the encoder, and the two kinds that only one loss needs. */
import * as tf from '@tensorflow/tfjs-core';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Configuration } from '../../domain/configuration/schema';
import { lossKind } from '../../domain/losses/kinds';
import type { Head } from './heads';
import { classifierHead, projectionHead } from './heads';
import { jointHead } from './jointHead';
import type { ModelContext } from './layers';
import { dense } from './layers';
import { denseParameters } from './parameters';

const MARGIN_KERNEL = 'classifier/kernel';

/**
 * The head of a configured loss.
 * @param features F, width of the encoder's output
 */
export function createHead({ loss, model }: Configuration, features: number, classes: number): Head {
  const projection = () => projectionHead(model.projection, features, model.projectionWidth);
  switch (lossKind(loss.name).head) {
    case 'projection':
      return projection();
    case 'plain-projection':
      return plainProjectionHead(features, model.projectionWidth);
    case 'classifier':
      return classifierHead(features, classes);
    case 'margin-classifier':
      return marginClassifierHead(features, classes);
    case 'projection+classifier':
      return jointHead(projection(), classifierHead(features, classes));
  }
}

/** One linear layer to embeddings of any length, as Sohn's N-pairs has it. */
function plainProjectionHead(features: number, outputs: number): Head {
  return {
    parameters: denseParameters('projection/output', features, outputs),
    apply: (context, x) => dense(context, 'projection/output', x),
  };
}

/** Linear classifier without a bias: the angle between features and weights is all that decides. */
function marginClassifierHead(features: number, classes: number): Head {
  const parameters = denseParameters('classifier', features, classes);
  return {
    parameters: parameters.filter(({ name }) => name === MARGIN_KERNEL),
    apply: (context, x) => tf.matMul(x, marginKernel(context)),
  };
}

/** The weights of a classifier without bias, [F, C]. */
export function marginKernel({ tensors }: ModelContext): Tensor2D {
  return tensors[MARGIN_KERNEL] as Tensor2D;
}
