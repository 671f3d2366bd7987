/** The weights that a run starts from where they are not drawn from its seed. */
import type { Configuration } from '../../domain/configuration/schema';
import type { NamedValues } from '../../engine/engine';
import { readEncoderWeights } from '../../formats/encoderWeights';
import type { Model } from './model';

/**
 * The encoder's tensors out of the file that `model.weights` names, none without one. Says in the run's log which
 * file it was. Throws HumanError if it cannot be read or does not fit.
 */
export function startingWeights({ model: { weights } }: Configuration, model: Model): NamedValues {
  if (weights === '') return {};
  const { state, hash } = readEncoderWeights(weights, model.architecture.encoder);
  process.stdout.write(`The encoder starts from ${weights} (SHA-256 ${hash}).\n`);
  return state;
}
