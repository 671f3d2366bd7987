/** Weights of an encoder in a safetensors file, as PyTorch's users have and want them. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HumanError, toError } from '../domain/errors';
import type { EncoderArchitecture, ResidualEncoder } from '../domain/model/encoder';
import type { SafetensorsContent } from './safetensors';
import { decodeSafetensors, encodeSafetensors } from './safetensors';
import type { EncoderState } from './torchvision';
import { fromTorchvision, toTorchvision } from './torchvision';

export interface EncoderWeights {
  /** By our names, in our layout. */
  readonly state: EncoderState;
  /** SHA-256 of the file in hexadecimal. */
  readonly hash: string;
}

/**
 * The bytes of a file with an encoder's weights under torchvision's names.
 * @throws HumanError for an encoder that torchvision has no names for
 */
export function encodeEncoderWeights(encoder: EncoderArchitecture, state: EncoderState): Uint8Array {
  const residual = requireResidual(encoder);
  // `format` is what other readers look for; `padding` is ours, for torchvision knows one only.
  return encodeSafetensors(toTorchvision(residual, state), { format: 'pt', padding: residual.padding });
}

/** Reads such a file. Throws HumanError naming what is wrong with it, or the first tensor that does not fit. */
export function readEncoderWeights(path: string, encoder: EncoderArchitecture): EncoderWeights {
  const residual = requireResidual(encoder);
  const bytes = readBytes(path);
  const { tensors, metadata } = decode(bytes, path);
  refuseOtherPadding(residual, metadata, path);
  return {
    state: fromTorchvision(residual, tensors, path),
    hash: createHash('sha256').update(bytes).digest('hex'),
  };
}

function requireResidual(encoder: EncoderArchitecture): ResidualEncoder {
  if (encoder.kind === 'residual') return encoder;
  throw new HumanError(
    'Weights are read and written for residual encoders only; the encoder of this run is mlp.',
  );
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw new HumanError(`"model.weights" names ${path}, which cannot be read: check the path.`, {
      cause: thrown,
    });
  }
}

function decode(bytes: Uint8Array, path: string): SafetensorsContent {
  try {
    return decodeSafetensors(bytes);
  } catch (thrown) {
    const { message } = toError(thrown);
    throw new HumanError(`${path} holds no weights that can be read (${message}): name another file.`, {
      cause: thrown,
    });
  }
}

/** The shapes are the same either way, and the features almost: nothing else would show it. */
function refuseOtherPadding(
  { padding }: ResidualEncoder,
  metadata: SafetensorsContent['metadata'],
  path: string,
): void {
  const known = metadata['padding'] as string | undefined;
  const trained = known ?? 'symmetric';
  if (trained === padding) return;
  throw new HumanError(
    `The weights in ${path} belong to an encoder with ${trained} padding: set "model.padding" to "${trained}".`,
  );
}
