/**
 * The wire between a watcher (extension or command line) and a run's keeper: a Unix socket or named pipe,
 * one JSON object a line. The watcher says hello with the token and the offsets that it already has; the
 * keeper answers with a welcome, then with the appended bytes and every change of state.
 */
import * as v from 'valibot';
import { stateFileSchema } from './run';

/** From watcher to keeper. */
export const watcherMessageSchema = v.variant('type', [
  v.object({ type: v.literal('hello'), formatVersion: v.number(), token: v.string() }),
  /** Ask politely; the keeper climbs its ladder with a visible deadline at each rung. */
  v.object({ type: v.literal('stop'), id: v.number() }),
  /** Skip the polite rung. */
  v.object({ type: v.literal('kill'), id: v.number() }),
  v.object({ type: v.literal('ping'), id: v.number() }),
]);
export type WatcherMessage = v.InferOutput<typeof watcherMessageSchema>;

/** From keeper to watcher. */
export const keeperEventSchema = v.variant('type', [
  v.object({
    type: v.literal('welcome'),
    formatVersion: v.number(),
    runId: v.string(),
    /** False if the versions differ: the watcher may look, not command. */
    canCommand: v.boolean(),
    state: stateFileSchema,
  }),
  v.object({ type: v.literal('refused'), reason: v.string() }),
  /** `base64` was appended to `file` (relative to the run folder) at `offset`. */
  v.object({ type: v.literal('appended'), file: v.string(), offset: v.number(), base64: v.string() }),
  v.object({ type: v.literal('state'), state: stateFileSchema }),
  v.object({ type: v.literal('reply'), id: v.number(), error: v.nullable(v.string()) }),
]);
export type KeeperEvent = v.InferOutput<typeof keeperEventSchema>;
