/** Schemas of what charts ask of the numbers and what they get, tied to the domain's types. */
import * as v from 'valibot';
import type {
  BandChange,
  BandWindow,
  ChartAnswer,
  ChartQuery,
  LineChange,
  LineStatistics,
  LineWindow,
} from '../domain/series/query';
import { BANDS, X_AXES } from '../domain/series/query';

/** More than any page draws: what exceeds it is no honest question. */
const MOST_LINES = 20_000;
const MOST_PIXELS = 16_384;

const doubles = v.custom<Float64Array>((value) => value instanceof Float64Array);
const counts = v.custom<Uint32Array>((value) => value instanceof Uint32Array);

const line = v.object({ run: v.string(), tag: v.string() });

export const chartQuerySchema = v.object({
  lines: v.pipe(v.array(line), v.maxLength(MOST_LINES)),
  groups: v.pipe(
    v.array(v.object({ key: v.string(), runs: v.array(v.string()), tag: v.string() })),
    v.maxLength(MOST_LINES),
  ),
  axis: v.picklist(X_AXES),
  range: v.nullable(v.tuple([v.number(), v.number()])),
  pixels: v.pipe(v.number(), v.minValue(1), v.maxValue(MOST_PIXELS)),
  smoothing: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
  band: v.picklist(BANDS),
}) satisfies v.GenericSchema<unknown, ChartQuery>;

/** From page to host: asks a standing query or changes the one of that id, or withdraws it. */
export const watchSchema = v.object({ type: v.literal('watch'), id: v.number(), query: chartQuerySchema });
export const unwatchSchema = v.object({ type: v.literal('unwatch'), id: v.number() });
export type WatchMessage = v.InferOutput<typeof watchSchema>;
export type QueryMessage = WatchMessage | v.InferOutput<typeof unwatchSchema>;

/** NaN is a value here: a number that is not finite passes `v.number` only if it is infinite. */
export const anyNumber = v.custom<number>((value) => typeof value === 'number');

const statisticsSchema = v.object({
  points: v.number(),
  nonFinite: v.number(),
  first: anyNumber,
  last: anyNumber,
  lastStep: anyNumber,
  min: anyNumber,
  minStep: anyNumber,
  max: anyNumber,
  maxStep: anyNumber,
}) satisfies v.GenericSchema<unknown, LineStatistics>;

const lineWindowSchema = v.pipe(
  v.object({
    perBucket: v.number(),
    x: doubles,
    min: doubles,
    max: doubles,
    last: doubles,
    smoothed: doubles,
    nonFinite: counts,
  }),
  v.check(
    ({ x, min, max, last, nonFinite }) =>
      [min, max, last, nonFinite].every(({ length }) => length === x.length),
    'columns of one length',
  ),
) satisfies v.GenericSchema<unknown, LineWindow>;

const lineChangeSchema = v.object({
  ...line.entries,
  from: v.pipe(v.number(), v.integer(), v.minValue(0)),
  window: lineWindowSchema,
  statistics: statisticsSchema,
}) satisfies v.GenericSchema<unknown, LineChange>;

const bandWindowSchema = v.object({
  x: doubles,
  mean: doubles,
  low: doubles,
  high: doubles,
  runs: counts,
}) satisfies v.GenericSchema<unknown, BandWindow>;

const bandChangeSchema = v.object({
  key: v.string(),
  tag: v.string(),
  window: bandWindowSchema,
}) satisfies v.GenericSchema<unknown, BandChange>;

export const chartAnswerSchema = v.object({
  lines: v.pipe(v.array(lineChangeSchema), v.readonly()),
  bands: v.pipe(v.array(bandChangeSchema), v.readonly()),
}) satisfies v.GenericSchema<unknown, ChartAnswer>;

/** From host to page: answers to standing queries, or what has changed since the ones before; in their order. */
export const answersSchema = v.object({
  type: v.literal('answers'),
  sequence: v.number(),
  answers: v.pipe(v.array(v.object({ id: v.number(), answer: chartAnswerSchema })), v.readonly()),
});
/** The answer to one standing query. */
export type QueryAnswer = v.InferOutput<typeof answersSchema>['answers'][number];

/** One tag of a run, as lists and tables show it: the whole series, finite values alone. */
export const tagSummarySchema = v.object({
  tag: v.string(),
  points: v.number(),
  nonFinite: v.number(),
  last: anyNumber,
  lastStep: anyNumber,
  min: anyNumber,
  minStep: anyNumber,
  max: anyNumber,
  maxStep: anyNumber,
});
export type TagFigures = v.InferOutput<typeof tagSummarySchema>;
