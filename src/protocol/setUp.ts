/** What `supcon setup tensorflow --json` prints: one JSON object a line, the plan first, then progress, then the end. */
import * as v from 'valibot';

const plannedFileSchema = v.object({ name: v.string(), bytes: v.number(), present: v.boolean() });

export const setUpMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('plan'),
    variant: v.picklist(['cpu', 'gpu']),
    /** Version of TensorFlow. */
    version: v.string(),
    folder: v.string(),
    /** Nothing is to be done. */
    installed: v.boolean(),
    files: v.array(plannedFileSchema),
    /** What is still to be fetched, and about what must be free on the disk. */
    downloadBytes: v.number(),
    diskBytes: v.number(),
  }),
  v.object({
    type: v.literal('progress'),
    step: v.picklist(['download', 'unpack', 'build', 'test']),
    file: v.exactOptional(v.string()),
    receivedBytes: v.exactOptional(v.number()),
    totalBytes: v.exactOptional(v.number()),
  }),
  v.object({ type: v.literal('done'), message: v.string() }),
  /** One sentence for people. */
  v.object({ type: v.literal('failed'), message: v.string() }),
]);
export type SetUpMessage = v.InferOutput<typeof setUpMessageSchema>;
export type SetUpPlan = Extract<SetUpMessage, { type: 'plan' }>;
export type SetUpProgress = Extract<SetUpMessage, { type: 'progress' }>;

/** Parses one line of the output; undefined if it is no message. */
export function parseSetUpMessage(line: string): SetUpMessage | undefined {
  try {
    const result = v.safeParse(setUpMessageSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
