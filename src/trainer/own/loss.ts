/**
 * A contrastive loss of the user's own: `"loss": {"name": "./my-loss.mjs"}`. The module's default export is called
 * once with the configured section and gives a function from embeddings and labels to a scalar; it is traced,
 * differentiated, checkpointed and recorded like ours. examples/own-loss.mjs is one.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Configuration } from '../../domain/configuration/schema';
import { HumanError } from '../../domain/errors';
import { callOwn } from './call';
import type { OwnModule } from './load';

/** What the module's function is given. */
export interface LossGiven {
  /** TensorFlow.js; operations outside the tracer's kernel table are refused with their line. */
  readonly tf: typeof tf;
  /** The section `loss` of the configuration. */
  readonly settings: Configuration['loss'];
  /** V; a batch of N images is laid out view-major, row v * N + i. */
  readonly views: number;
}

/**
 * What it returns: the loss of one batch, unscaled.
 * @param embeddings [M, d], L2-normalised projections
 * @param labels [M], int32
 * @param labelWeights [M, C], 0 to 1, where samples have several labels or soft ones
 */
export type OwnLoss = (embeddings: Tensor2D, labels: Tensor1D, labelWeights?: Tensor2D) => Scalar;

/** The loss of a module. Throws HumanError if it gives no function. */
export function ownLoss(module: OwnModule, settings: Configuration['loss'], views: number): OwnLoss {
  const given: LossGiven = { tf, settings, views };
  const loss = callOwn(module, () => module.create(given));
  if (typeof loss !== 'function')
    throw new HumanError(`${module.source} must return a function of embeddings and labels.`);
  return (embeddings, labels, labelWeights) =>
    requireScalar(
      callOwn(module, () => (loss as OwnLoss)(embeddings, labels, labelWeights)),
      module,
    );
}

function requireScalar(value: Scalar, { source }: OwnModule): Scalar {
  const shape = (value as Partial<Scalar> | undefined)?.shape as readonly number[] | undefined;
  if (shape?.length === 0) return value;
  throw new HumanError(
    `${source}: the loss must be a scalar; it is ${shape === undefined ? 'no tensor' : `of shape [${shape.join(', ')}]`}.`,
  );
}
