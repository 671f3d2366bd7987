/** Points of recorded series on the wires. */
import * as v from 'valibot';

/** Columns of one series; the three arrays have equal length and are sorted by step within a segment. */
export const pointsSchema = v.object({
  tag: v.string(),
  steps: v.instance(Float64Array),
  /** Seconds since 1970. */
  wallTimes: v.instance(Float64Array),
  values: v.instance(Float64Array),
});
export type SeriesPoints = v.InferOutput<typeof pointsSchema>;
