/**
 * The wire between whoever shows pictures of samples and the process that reads them out of a run's data set
 * (`supcon sample-pictures`), which prints one line of JSON: reading a data set takes seconds and a decoder of images.
 */
import * as v from 'valibot';

/** Name of the command that prints it. */
export const SAMPLE_PICTURES = 'sample-pictures';

/** More samples than this are asked for in several turns. */
export const MOST_PICTURES = 512;

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));

const answerSchema = v.variant('type', [
  v.object({
    type: v.literal('pictures'),
    height: side,
    width: side,
    /** [samples, height, width, 3], 0 to 255, in base64, in the order in which they were asked for. */
    pixels: v.pipe(v.string(), v.base64()),
  }),
  /** One sentence for people. */
  v.object({ type: v.literal('failed'), message: v.string() }),
]);
export type SamplePicturesAnswer = v.InferOutput<typeof answerSchema>;

/** Parses what the process printed, its last line being the answer; undefined if there is none. */
export function parseSamplePictures(output: string): SamplePicturesAnswer | undefined {
  try {
    const result = v.safeParse(answerSchema, JSON.parse(output.trim().split('\n').at(-1) ?? ''));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
