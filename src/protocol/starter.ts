/** What the starter prints: one line of JSON, the run or sweep that it started, what it must ask, or why there is none. */
import * as v from 'valibot';

/** What a question about a command shows. */
const askedCommandSchema = v.object({
  program: v.string(),
  arguments: v.array(v.string()),
  workingFolder: v.string(),
  environment: v.record(v.string(), v.string()),
  hash: v.string(),
});
export type AskedCommand = v.InferOutput<typeof askedCommandSchema>;

export const starterAnswerSchema = v.union([
  /** `note` says what was found beforehand: images, classes, memory. */
  v.object({
    id: v.string(),
    folder: v.string(),
    note: v.exactOptional(v.string()),
    /** Where a sweep was started in place of a run: how many runs it has. */
    sweepRuns: v.exactOptional(v.number()),
  }),
  /** Modules of the user's own that must be agreed to first. */
  v.object({
    consent: v.array(v.object({ source: v.string(), files: v.number(), hash: v.string() })),
  }),
  /** A command that must be agreed to first. */
  v.object({ command: askedCommandSchema }),
  /** One sentence for people. */
  v.object({ error: v.string() }),
]);
export type StarterAnswer = v.InferOutput<typeof starterAnswerSchema>;

/** Parses one line of the starter's output; undefined if it is no answer. */
export function parseStarterAnswer(line: string): StarterAnswer | undefined {
  try {
    const result = v.safeParse(starterAnswerSchema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
