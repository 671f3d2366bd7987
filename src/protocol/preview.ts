/**
 * The wire between whoever shows a preview of views and the process that draws them (`supcon serve-views`): JSON, one
 * object a line, each way. The process first says what must be agreed to, then what it has opened; then it answers each
 * request with a drawing, in order. It ends when its input does.
 */
import * as v from 'valibot';

/** Name of the command that serves it. */
export const SERVE_VIEWS = 'serve-views';

/** Samples in one drawing. */
export const MOST_SAMPLES = 48;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What is to be drawn. */
export const drawRequestSchema = v.object({
  /** Place of the first sample in the preview's own fixed random order of training samples. */
  first: count,
  samples: v.pipe(count, v.minValue(1), v.maxValue(MOST_SAMPLES)),
  /** Zero-based epoch whose views are drawn. */
  epoch: count,
  /** Name of the run whose encoder compares the views; empty for none. */
  run: v.string(),
});
export type DrawRequest = v.InferOutput<typeof drawRequestSchema>;

/** To the process. */
export const previewRequestSchema = v.variant('type', [
  /** Hashes of modules that the user has just agreed to. */
  v.object({ type: v.literal('agree'), hashes: v.array(v.string()) }),
  v.object({ type: v.literal('draw'), ...drawRequestSchema.entries }),
]);
export type PreviewRequest = v.InferOutput<typeof previewRequestSchema>;

/** A run whose encoder can compare the views: its model is the configuration's. */
export const previewRunSchema = v.object({ id: v.string(), name: v.string() });

/** What is known before anything is drawn. */
export const previewOpenedSchema = v.object({
  /** Name of the configuration. */
  name: v.string(),
  /** For people: how many images of what, and how many classes. */
  data: v.string(),
  height: v.number(),
  width: v.number(),
  /** Training samples. */
  count: v.number(),
  /** Views V of each sample. */
  views: v.number(),
  /** SHA-256 of the content of the data set; older processes do not say. */
  contentHash: v.exactOptional(v.string()),
  epochs: v.number(),
  /** Sentences: how the configuration departs from its preset, and what is not shown. */
  notes: v.array(v.string()),
  warnings: v.array(v.object({ cause: v.string(), remedy: v.string() })),
  runs: v.array(previewRunSchema),
});
export type PreviewOpened = v.InferOutput<typeof previewOpenedSchema>;

/** Mean cosine similarity of pairs of views, by what the two share; null where there is no such pair. */
export const meanCosinesSchema = v.object({
  sameImage: v.nullable(v.number()),
  sameClass: v.nullable(v.number()),
  otherClass: v.nullable(v.number()),
});
export type MeanCosines = v.InferOutput<typeof meanCosinesSchema>;

/** What the encoder of a run makes of a drawing, or why it cannot. */
export const comparisonSchema = v.union([
  v.object({ step: v.number(), means: meanCosinesSchema }),
  v.object({ problem: v.string() }),
]);
export type Comparison = v.InferOutput<typeof comparisonSchema>;

/** One sample: `Picture` is how its pictures travel, [height, width, 3], 0 to 255. */
export function previewRowSchema<Picture extends v.GenericSchema>(picture: Picture) {
  return v.object({
    /** Lasting name of the sample, for example `train/12`. */
    id: v.string(),
    className: v.string(),
    image: picture,
    views: v.array(picture),
    /** Cosine similarity of each pair of views, [views, views]; null where there is no encoder. */
    cosines: v.nullable(v.array(v.array(v.number()))),
  });
}

/** A drawing, its pictures as base64. */
export const drawnSchema = v.object({
  ...drawRequestSchema.entries,
  rows: v.array(previewRowSchema(v.string())),
  comparison: v.nullable(comparisonSchema),
});
export type Drawn = v.InferOutput<typeof drawnSchema>;

/** From the process. */
export const previewAnswerSchema = v.variant('type', [
  v.object({
    type: v.literal('consent'),
    modules: v.array(v.object({ source: v.string(), files: v.number(), hash: v.string() })),
  }),
  v.object({ type: v.literal('opened'), ...previewOpenedSchema.entries }),
  v.object({ type: v.literal('drawn'), ...drawnSchema.entries }),
  /** One sentence for people. What was asked last is not drawn. */
  v.object({ type: v.literal('failed'), message: v.string() }),
]);
export type PreviewAnswer = v.InferOutput<typeof previewAnswerSchema>;

/** Parses one line from the process; undefined if it is no answer. */
export function parsePreviewAnswer(line: string): PreviewAnswer | undefined {
  return parseLine(line, previewAnswerSchema);
}

/** Parses one line to the process; undefined if it is no request. */
export function parsePreviewRequest(line: string): PreviewRequest | undefined {
  return parseLine(line, previewRequestSchema);
}

function parseLine<T>(line: string, schema: v.GenericSchema<unknown, T>): T | undefined {
  try {
    const result = v.safeParse(schema, JSON.parse(line));
    return result.success ? result.output : undefined;
  } catch {
    return undefined;
  }
}
