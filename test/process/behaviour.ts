/** What a fake trainer is told to do; it travels in the variable FAKE_TRAINER. */
import * as v from 'valibot';

const behaviourSchema = v.object({
  steps: v.optional(v.number(), 100_000),
  stepMs: v.optional(v.number(), 20),
  onStop: v.optional(v.picklist(['obey', 'ignore']), 'obey'),
  onInterrupt: v.optional(v.picklist(['obey', 'ignore']), 'obey'),
  onDisconnect: v.optional(v.picklist(['leave', 'stay']), 'leave'),
  /** `completed`, `fail` with a reason, or a bare exit code. */
  end: v.optional(v.union([v.picklist(['completed', 'fail']), v.number()]), 'completed'),
  /** The first step after a resume. */
  resumeAt: v.optional(v.number(), 5),
});
export type Behaviour = v.InferInput<typeof behaviourSchema>;

/** Parses the variable; every key may be missing. */
export function parseBehaviour(text: string): v.InferOutput<typeof behaviourSchema> {
  return v.parse(behaviourSchema, JSON.parse(text));
}
