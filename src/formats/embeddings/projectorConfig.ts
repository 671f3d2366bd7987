/** What TensorBoard's `projector_config.pbtxt` says of each embedding; bookmarks and checkpoints are passed over. */
import { HumanError } from '../../domain/errors';
import type { ProjectorSprite } from '../projector';
import { parseTextProto, type TextMessage } from './textProto';

/** One embedding as the configuration names it; paths are as they stand there. */
export interface ProjectorEntry {
  /** As written, for example `features:epoch-000003`. */
  readonly name: string;
  /** Undefined where the vectors lie in a checkpoint of TensorFlow. */
  readonly tensorPath: string | undefined;
  /** [rows, columns] where it is given. */
  readonly shape: readonly [number, number] | undefined;
  readonly metadataPath: string | undefined;
  readonly sprite: ProjectorSprite | undefined;
}

/** Entries in the order of the file. Throws HumanError where it is no such file or names no embedding. */
export function parseProjectorConfig(text: string, name: string): ProjectorEntry[] {
  const entries = parseTextProto(text, name).messages('embeddings');
  if (entries.length === 0) {
    throw new HumanError(`${name} names no embedding: add an "embeddings" entry with its "tensor_path".`);
  }
  return entries.map((entry, i) => ({
    name: lastText(entry, 'tensor_name') ?? `embedding ${i + 1}`,
    tensorPath: lastText(entry, 'tensor_path'),
    shape: pairOf(entry.texts('tensor_shape')),
    metadataPath: lastText(entry, 'metadata_path'),
    sprite: spriteOf(entry.messages('sprite').at(-1)),
  }));
}

/** Of a field that is there twice, the last counts; an empty one is none. */
function lastText(message: TextMessage, field: string): string | undefined {
  const text = message.texts(field).at(-1);
  return text === '' ? undefined : text;
}

function pairOf(texts: readonly string[]): [number, number] | undefined {
  const [rows, columns] = texts.map(Number);
  const isWhole = texts.length === 2 && texts.every((text) => /^\d{1,15}$/.test(text));
  return isWhole ? [rows, columns] : undefined;
}

/** `single_image_dim` is width, then height. */
function spriteOf(message: TextMessage | undefined): ProjectorSprite | undefined {
  const imagePath = message && lastText(message, 'image_path');
  const size = message && pairOf(message.texts('single_image_dim'));
  if (imagePath === undefined || size === undefined || size[0] === 0 || size[1] === 0) return undefined;
  return { imagePath, width: size[0], height: size[1] };
}
