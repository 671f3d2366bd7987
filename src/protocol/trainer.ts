/**
 * The wire between keeper and trainer: Node's IPC of a forked child, structured clone ("advanced").
 * The trainer writes its own files; what it appended it also announces, byte for byte.
 */
import * as v from 'valibot';
import { engineInfoSchema, headlineSchema, progressSchema } from './run';
import { parserOf } from './parse';

/** Whatever memory the bytes lie in. */
const bytesSchema = v.custom<Uint8Array>((value) => value instanceof Uint8Array);

/** From trainer to keeper. */
export const trainerMessageSchema = v.variant('type', [
  /** Engine loaded, data read: training begins. */
  v.object({ type: v.literal('ready'), formatVersion: v.number(), engine: engineInfoSchema }),
  /** `bytes` were appended to `file` (relative to the run folder) at `offset`. */
  v.object({
    type: v.literal('appended'),
    file: v.string(),
    offset: v.number(),
    bytes: bytesSchema,
  }),
  v.object({ type: v.literal('progress'), progress: progressSchema, headline: v.nullable(headlineSchema) }),
  /** The trainer is about to exit because of `reason`, one sentence for people. */
  v.object({ type: v.literal('failed'), reason: v.string() }),
  v.object({ type: v.literal('completed') }),
  /** It stopped after writing a checkpoint: as asked, or of itself with a reason, one sentence for people. */
  v.object({ type: v.literal('stopped'), reason: v.exactOptional(v.string()) }),
]);
export type TrainerMessage = v.InferOutput<typeof trainerMessageSchema>;

/** From keeper to trainer. */
export const keeperMessageSchema = v.variant('type', [v.object({ type: v.literal('stop') })]);
export type KeeperMessage = v.InferOutput<typeof keeperMessageSchema>;

/** Parses a message from the trainer; undefined if it is none. */
export const parseTrainerMessage = parserOf<TrainerMessage>(trainerMessageSchema);

/** Parses a message from the keeper; undefined if it is none. */
export const parseKeeperMessage = parserOf<KeeperMessage>(keeperMessageSchema);
