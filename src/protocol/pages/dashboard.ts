/**
 * The wire between extension host and the dashboard, the page of any number of runs. The page says boot; the host
 * answers with one snapshot, which voids every standing query; the page then asks for the charts in view, and gets
 * their answers and the news of the runs as numbered messages while it is visible. A page that misses a number says
 * so and gets a snapshot.
 */
import * as v from 'valibot';
import type { RunFigures } from '../../domain/run/runFigures';
import { BANDS, X_AXES } from '../../domain/series/query';
import { answersSchema, anyNumber, tagSummarySchema, unwatchSchema, watchSchema } from '../chart';
import { alertGroupSchema, alertKindSchema, runSummarySchema } from '../run';
import { MOST_PICTURES } from '../samplePictures';
import { parserOf } from '../parse';
import { viewsHostMessageSchema, viewsPageMessageSchema } from './views';

const CHART_SIZES = ['small', 'medium', 'large'] as const;
export type ChartSize = (typeof CHART_SIZES)[number];

/** How the page is arranged: kept with the workspace by the host. What a former version wrote wrongly reads as the default. */
export const layoutSchema = v.object({
  axis: v.fallback(v.picklist(X_AXES), 'step'),
  logX: v.fallback(v.boolean(), false),
  logY: v.fallback(v.boolean(), false),
  smoothing: v.fallback(v.pipe(v.number(), v.minValue(0), v.maxValue(0.999)), 0),
  band: v.fallback(v.picklist(BANDS), 'deviation'),
  isClipped: v.fallback(v.boolean(), false),
  isRailOpen: v.fallback(v.boolean(), true),
  chartSize: v.fallback(v.picklist(CHART_SIZES), 'medium'),
  closedSections: v.fallback(v.array(v.string()), []),
  pinned: v.fallback(v.array(v.string()), []),
  enlarged: v.fallback(v.array(v.string()), []),
  /** Folders of runs, and keys of seed groups, that are not drawn. */
  hidden: v.fallback(v.array(v.string()), []),
  /** Keys of seed groups whose runs are drawn one by one as well. */
  unfolded: v.fallback(v.array(v.string()), []),
});
export type Layout = v.InferOutput<typeof layoutSchema>;

/** The arrangement of a page that was never arranged. */
export const DEFAULT_LAYOUT: Layout = v.parse(layoutSchema, {});

const parametersSchema = v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()]));

/** What is new of one run in view; null is no news. Tags are those whose figures changed. */
const runNewsSchema = v.object({
  folder: v.string(),
  summary: v.nullable(runSummarySchema),
  look: v.object({ hue: v.number(), dash: v.number() }),
  parameters: v.nullable(parametersSchema),
  tags: v.array(tagSummarySchema),
  /** Damaged records that were left out, and a sentence for each file that cannot be read on. */
  skipped: v.number(),
  problems: v.array(v.string()),
});
export type RunNews = v.InferOutput<typeof runNewsSchema>;

const progressSchema = v.object({
  runs: v.number(),
  runsRead: v.number(),
  bytes: v.number(),
  bytesRead: v.number(),
});

/** A list that nobody changes. */
function list<T extends v.GenericSchema>(item: T) {
  return v.pipe(v.array(item), v.readonly());
}

const figuresSchema = v.object({
  reliability: v.nullable(
    v.object({
      ece: v.number(),
      bins: list(v.object({ count: v.number(), accuracy: v.number(), confidence: v.number() })),
    }),
  ),
  confusion: v.nullable(v.object({ classes: list(v.string()), counts: list(list(v.number())) })),
  epochs: list(
    v.object({
      epoch: v.number(),
      step: v.number(),
      sameClass: list(v.number()),
      otherClass: list(v.number()),
      classAlignment: anyNumber,
      uniformity: anyNumber,
    }),
  ),
}) satisfies v.GenericSchema<unknown, RunFigures>;

/** Alerts of one run, one group a kind. */
const runAlertsSchema = v.object({ run: v.string(), groups: list(alertGroupSchema) });
export type RunAlerts = v.InferOutput<typeof runAlertsSchema>;

/** Samples by their places in the test split. */
const places = v.pipe(v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0))), v.readonly());

const newsEntries = {
  sequence: v.number(),
  /** Folders of the runs in view, in their order; a run that is not named has left. */
  order: v.array(v.string()),
  runs: v.array(runNewsSchema),
  /** The first reading, null when it is done. */
  progress: v.nullable(progressSchema),
};

/** From host to page. */
export const hostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('snapshot'),
    ...newsEntries,
    /** False in an untrusted workspace: nothing is read. */
    trusted: v.boolean(),
    layout: layoutSchema,
  }),
  v.object({ type: v.literal('news'), ...newsEntries }),
  answersSchema,
  /** What is new of the alerts of some runs. */
  v.object({ type: v.literal('alerts'), sequence: v.number(), runs: list(runAlertsSchema) }),
  v.object({ type: v.literal('figures'), sequence: v.number(), run: v.string(), figures: figuresSchema }),
  v.object({
    type: v.literal('samples'),
    sequence: v.number(),
    run: v.string(),
    trueClass: v.number(),
    answer: v.number(),
    /** Null where the run did not record its answers. */
    samples: v.nullable(list(v.object({ place: v.number(), confidence: v.number() }))),
  }),
  /** Pictures of samples, or the sentence that says why there are none. */
  v.object({
    type: v.literal('pictures'),
    sequence: v.number(),
    run: v.string(),
    places,
    height: v.number(),
    width: v.number(),
    /** [places, height, width, 3], 0 to 255; empty where there are none. */
    pixels: v.instance(Uint8Array),
    problem: v.string(),
  }),
  /** What the preview page would be told of the run's configuration. */
  v.object({
    type: v.literal('views'),
    sequence: v.number(),
    run: v.string(),
    message: viewsHostMessageSchema,
  }),
]);
export type HostMessage = v.InferOutput<typeof hostMessageSchema>;

/** Commands about one run that the page may ask for; the host runs the palette command of the same name. */
export const RUN_COMMANDS = [
  'stop',
  'resume',
  'startAgain',
  'inspectEmbeddings',
  'showLog',
  'revealFolder',
] as const;
export type RunCommand = (typeof RUN_COMMANDS)[number];

/** Largest file that a page may have written, in bytes: a canvas of a large screen is far below. */
const MOST_EXPORT_BYTES = 64 * 1024 * 1024;

const fileBody = v.union([
  v.pipe(v.string(), v.maxLength(MOST_EXPORT_BYTES)),
  v.pipe(
    v.instance(Uint8Array),
    v.check(({ byteLength }) => byteLength <= MOST_EXPORT_BYTES),
  ),
]);

/** From page to host. */
export const pageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  /** A message was missed. */
  v.object({ type: v.literal('missed') }),
  watchSchema,
  unwatchSchema,
  /** Asks once for what the run's own files say. */
  v.object({ type: v.literal('figures'), run: v.string() }),
  v.object({ type: v.literal('layout'), layout: layoutSchema }),
  /** The host lets the user choose. */
  v.object({ type: v.literal('addRuns') }),
  v.object({ type: v.literal('removeRun'), run: v.string() }),
  v.object({ type: v.literal('command'), command: v.picklist(RUN_COMMANDS), run: v.string() }),
  v.object({ type: v.literal('manageTrust') }),
  v.object({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(MOST_EXPORT_BYTES)) }),
  /** The host asks where to, and writes. */
  v.object({ type: v.literal('save'), name: v.string(), body: fileBody }),
  /** The test samples of one cell of the confusion matrix. */
  v.object({
    type: v.literal('showSamples'),
    run: v.string(),
    trueClass: v.number(),
    answer: v.number(),
  }),
  /** Asks once for the pictures of test samples. */
  v.object({
    type: v.literal('pictures'),
    run: v.string(),
    places: v.pipe(places, v.minLength(1), v.maxLength(MOST_PICTURES)),
  }),
  /** Selects the samples of a cell of the confusion matrix on maps. */
  v.object({ type: v.literal('selectOnMap'), run: v.string(), trueClass: v.number(), answer: v.number() }),
  /** What the preview page would ask of the run's configuration; boot opens it, in place of another run's. */
  v.object({ type: v.literal('views'), run: v.string(), message: viewsPageMessageSchema }),
  /** Nobody looks at views any more. */
  v.object({ type: v.literal('closeViews') }),
  /** The user has seen to a kind of alert of a run. */
  v.object({ type: v.literal('acknowledge'), run: v.string(), kind: alertKindSchema }),
]);
export type PageMessage = v.InferOutput<typeof pageMessageSchema>;

/** Parses a message from the host; undefined if it is none. */
export const parseHostMessage = parserOf<HostMessage>(hostMessageSchema);

/** Parses a message from a page; undefined if it is none. */
export const parsePageMessage = parserOf<PageMessage>(pageMessageSchema);

/** Reads what the workspace remembers; the default for anything else. */
export function parseLayout(saved: unknown): Layout {
  const result = v.safeParse(layoutSchema, saved);
  return result.success ? result.output : DEFAULT_LAYOUT;
}
