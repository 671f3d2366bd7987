/**
 * The wire between extension host and the projector, the page of one or two maps. The page says boot; the host answers
 * with `opened`, which voids everything before; then the page says what it wants to see (`show`), and gets maps, their
 * figures and columns as they are computed, each with the number of the request that it answers. Rows are places in the
 * samples of a pane, in the order in which `opened` names them; coordinates travel as typed arrays.
 */
import * as v from 'valibot';
import type { Alignment, ClassFigures, MapQuality, PairFigures } from '../../domain/maps/figures';
import type { MapRequest } from '../../domain/maps/request';
import type { MapStage } from '../../domain/maps/stage';
import type { Column } from '../../domain/maps/columns';
import { COLUMN_NAME } from '../../domain/maps/columns';
import { MAP_DIMENSIONS, MAP_METHODS, METRICS, PANES } from '../../domain/maps/request';
import { anyNumber } from '../chart';
import { parserOf } from '../parse';

/** Largest file that a page may have written, in characters or bytes. */
const MOST_EXPORT_BYTES = 256 * 1024 * 1024;
/** Largest k of a list of neighbours. */
export const MOST_NEIGHBOURS = 100;
const MOST_IDS = 1_000_000;
const MOST_EPOCHS = 10_000;

const floats = v.custom<Float32Array>((value) => value instanceof Float32Array);
const rows = v.custom<Int32Array>((value) => value instanceof Int32Array);
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const pane = v.picklist(PANES);
const ids = v.pipe(v.array(v.string()), v.maxLength(MOST_IDS));

const axisEnd = v.union([v.object({ class: v.string() }), v.object({ ids })]);

export const mapRequestSchema = v.object({
  table: v.string(),
  method: v.picklist(MAP_METHODS),
  dimensions: v.picklist(MAP_DIMENSIONS),
  metric: v.picklist(METRICS),
  neighbours: v.pipe(count, v.minValue(2), v.maxValue(200)),
  seed: count,
  limit: v.nullable(v.pipe(count, v.minValue(1))),
  axes: v.pipe(v.array(v.object({ from: axisEnd, to: axisEnd })), v.maxLength(3)),
}) satisfies v.GenericSchema<unknown, MapRequest>;

/** What every column has: its name, and true where the nearest samples vote because nothing is recorded. */
const named = { name: v.string(), isVoted: v.optional(v.boolean()) };

/** What is known of each row beside its place: one value a row. */
const columnSchema = v.variant('kind', [
  /** Place in `categories`, -1 where nothing is recorded. */
  v.object({ kind: v.literal('category'), ...named, categories: v.array(v.string()), codes: rows }),
  /** NaN where nothing is recorded. */
  v.object({ kind: v.literal('number'), ...named, values: floats }),
  v.object({ kind: v.literal('text'), ...named, values: v.array(v.string()) }),
]) satisfies v.GenericSchema<unknown, Column>;

/** One source of vectors on the screen. */
const paneSchema = v.object({
  name: v.string(),
  /** Folder of the run, or path of the file. */
  place: v.string(),
  kind: v.picklist(['run', 'file']),
  look: v.object({ hue: v.number(), dash: v.number() }),
  /** Each with its epochs in order; a file has the one epoch 0. */
  tables: v.array(
    v.object({
      name: v.string(),
      dimensions: count,
      epochs: v.array(count),
      /** At which the run was best on its validation split, or the nearest of those; absent where nobody knows. */
      best: v.optional(count),
    }),
  ),
  /** True while the run may write further epochs. */
  isLive: v.boolean(),
  /** Lasting ids of the rows. */
  ids: v.array(v.string()),
  /** Columns that are the same at every epoch. */
  columns: v.array(columnSchema),
  /** Rows of the source, of which `ids` may be a sample. */
  total: count,
  /** Sentences: what was left out and why, how rows were sampled. */
  notes: v.array(v.string()),
  /** Pages of pictures that the host can draw; null without pictures. */
  pictures: v.nullable(
    v.object({ height: count, width: count, channels: v.picklist([1, 3]), perPage: count, pages: count }),
  ),
  /** True where a row's file can be opened. */
  canOpen: v.boolean(),
});
export type PaneSource = v.InferOutput<typeof paneSchema>;

const savedSelectionSchema = v.object({ name: v.pipe(v.string(), v.maxLength(200)), ids });
export type SavedSelection = v.InferOutput<typeof savedSelectionSchema>;

const qualitySchema = v.object({
  k: count,
  rows: count,
  trustworthiness: anyNumber,
  continuity: anyNumber,
  overlap: anyNumber,
  mapAccuracy: v.nullable(anyNumber),
  fullAccuracy: v.nullable(anyNumber),
}) satisfies v.GenericSchema<unknown, MapQuality>;

const alignmentSchema = v.object({
  residual: anyNumber,
  anchoredShare: anyNumber,
  pull: anyNumber,
  isWeak: v.boolean(),
}) satisfies v.GenericSchema<unknown, Alignment>;

const classSchema = v.object({
  name: v.string(),
  count,
  tightness: anyNumber,
  nearest: v.string(),
  nearestSimilarity: anyNumber,
  accuracy: anyNumber,
  confusedWith: v.string(),
  confusedShare: anyNumber,
  drift: v.nullable(anyNumber),
}) satisfies v.GenericSchema<unknown, ClassFigures>;

const pairFiguresSchema = v.object({
  shared: count,
  onlyLeft: count,
  onlyRight: count,
  joinedBy: v.picklist(['id', 'content']),
  k: count,
  jaccardMedian: anyNumber,
  jaccardHistogram: v.pipe(v.array(count), v.readonly()),
  cka: anyNumber,
  alignment: alignmentSchema,
  classes: v.pipe(
    v.array(
      v.object({
        name: v.string(),
        left: count,
        right: count,
        change: anyNumber,
        leftAccuracy: anyNumber,
        rightAccuracy: anyNumber,
      }),
    ),
    v.readonly(),
  ),
}) satisfies v.GenericSchema<unknown, PairFigures>;

const stageSchema = v.object({
  what: v.string(),
  fraction: v.number(),
  epoch: v.optional(count),
}) satisfies v.GenericSchema<unknown, MapStage>;

/** What is kept with the workspace. What a former version wrote wrongly reads as the default. */
export const projectorLayoutSchema = v.object({
  colourBy: v.fallback(v.string(), COLUMN_NAME.class),
  speed: v.fallback(v.pipe(v.number(), v.minValue(0.25), v.maxValue(8)), 1),
  hasDensity: v.fallback(v.boolean(), false),
  hasPictures: v.fallback(v.boolean(), true),
  hasLabels: v.fallback(v.boolean(), true),
  isSideOpen: v.fallback(v.boolean(), true),
});
export type ProjectorLayout = v.InferOutput<typeof projectorLayoutSchema>;

/** The arrangement of a page that was never arranged. */
export const DEFAULT_PROJECTOR_LAYOUT: ProjectorLayout = v.parse(projectorLayoutSchema, {});

const place = { pane, epoch: count };

/** From host to page. */
export const projectorHostMessageSchema = v.variant('type', [
  /** What is being read. */
  v.object({ type: v.literal('opening'), what: v.string() }),
  v.object({
    type: v.literal('opened'),
    left: paneSchema,
    right: v.nullable(paneSchema),
    /** Row of the right pane that is the same sample as each row of the left, -1 for none; null without a right pane. */
    partners: v.nullable(rows),
    /** What the host proposes to show first. */
    request: mapRequestSchema,
    selections: v.array(savedSelectionSchema),
    layout: projectorLayoutSchema,
  }),
  /** Further epochs of a live run. */
  v.object({ type: v.literal('epochs'), pane, tables: paneSchema.entries.tables, isLive: v.boolean() }),
  v.object({
    type: v.literal('map'),
    request: count,
    ...place,
    /** [rows, dimensions]; NaN for a row that has no place. Both panes, and all epochs of one request, are in one frame. */
    positions: floats,
    dimensions: v.picklist(MAP_DIMENSIONS),
    /** False for a snapshot on the way. */
    isFinal: v.boolean(),
    /** How it was laid over the reference; null for the reference itself. */
    alignment: v.nullable(alignmentSchema),
    /** For axes with names: `PCA 1 (34 %)`, `ankle boot to bag`; empty where axes mean nothing. */
    axes: v.array(v.string()),
  }),
  /** Columns of one epoch: predictions, confidence, change of neighbours. They replace those of the same name. */
  v.object({ type: v.literal('columns'), request: count, ...place, columns: v.array(columnSchema) }),
  v.object({ type: v.literal('quality'), request: count, ...place, quality: qualitySchema }),
  v.object({ type: v.literal('classes'), request: count, ...place, classes: v.array(classSchema) }),
  v.object({
    type: v.literal('pair'),
    request: count,
    epochs: v.object({ left: count, right: count }),
    figures: pairFiguresSchema,
  }),
  /** What is being computed, 0 to 1; null when nothing is any more. */
  v.object({
    type: v.literal('progress'),
    request: count,
    stage: v.nullable(stageSchema),
  }),
  /** The request cannot be answered; the sentence says why and what to do. What is shown stays. */
  v.object({ type: v.literal('refused'), request: count, message: v.string() }),
  v.object({
    type: v.literal('neighbours'),
    ...place,
    row: count,
    metric: v.picklist(METRICS),
    /** How many were asked for. */
    k: count,
    rows,
    /** Cosine similarities or Euclidean distances, nearest first. */
    values: floats,
  }),
  /** Pictures of rows `perPage * page` and on: [pictures, height, width, channels], 0 to 255. */
  v.object({ type: v.literal('pictures'), pane, page: count, pixels: bytes }),
  /** Samples that were selected elsewhere: in the dashboard's confusion matrix, in the diff. */
  v.object({ type: v.literal('selected'), ids }),
  v.object({ type: v.literal('selections'), selections: v.array(savedSelectionSchema) }),
  /** There is nothing to show, and one sentence says why. */
  v.object({ type: v.literal('failed'), message: v.string() }),
  v.object({ type: v.literal('untrusted') }),
]);
export type ProjectorHostMessage = v.InferOutput<typeof projectorHostMessageSchema>;

/** What the buttons ask for. */
export const PROJECTOR_COMMANDS = ['openOther', 'addRun', 'removeRight', 'swap', 'manageTrust'] as const;

/** From page to host. */
export const projectorPageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  /**
   * What is to be seen: the maps of these epochs first, then, with `isChain`, those of all others, outward from the
   * reference. A request voids the one before, whose computation stops.
   */
  v.object({
    type: v.literal('show'),
    request: count,
    map: mapRequestSchema,
    epochs: v.object({ left: count, right: v.nullable(count) }),
    isChain: v.boolean(),
  }),
  /** Columns and figures of an epoch whose map is there. */
  v.object({
    type: v.literal('describe'),
    request: count,
    epochs: v.pipe(v.array(v.object(place)), v.maxLength(MOST_EPOCHS)),
  }),
  v.object({ type: v.literal('cancel'), request: count }),
  v.object({
    type: v.literal('neighbours'),
    ...place,
    table: v.string(),
    row: count,
    k: v.pipe(count, v.minValue(1), v.maxValue(MOST_NEIGHBOURS)),
    metric: v.picklist(METRICS),
  }),
  v.object({ type: v.literal('pictures'), pane, page: count }),
  v.object({ type: v.literal('openSample'), pane, row: count }),
  /** The selection is now this: other pages that show the same samples are told. */
  v.object({ type: v.literal('select'), ids }),
  v.object({ type: v.literal('saveSelections'), selections: v.array(savedSelectionSchema) }),
  v.object({ type: v.literal('layout'), layout: projectorLayoutSchema }),
  /** A file that the page has made; the host asks where to. */
  v.object({
    type: v.literal('save'),
    name: v.pipe(v.string(), v.maxLength(200)),
    body: v.union([
      v.pipe(v.string(), v.maxLength(MOST_EXPORT_BYTES)),
      v.pipe(
        bytes,
        v.check(({ byteLength }) => byteLength <= MOST_EXPORT_BYTES),
      ),
    ]),
  }),
  /** Files for TensorBoard's projector, of all rows or of some; the host asks where to. */
  v.object({ type: v.literal('saveProjector'), ...place, table: v.string(), rows: v.nullable(rows) }),
  v.object({ type: v.literal('command'), command: v.picklist(PROJECTOR_COMMANDS) }),
]);
export type ProjectorPageMessage = v.InferOutput<typeof projectorPageMessageSchema>;

/** What a tab keeps for its return, when it was hidden or the window reloaded. */
const projectorTabSchema = v.object({
  /** Places of the left source and, with two, of the right one. */
  places: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(2)),
  map: mapRequestSchema,
  /** The epoch that the playback stood at. */
  epoch: count,
  selected: ids,
});
export type ProjectorTab = v.InferOutput<typeof projectorTabSchema>;

/** Parses what a tab has kept; undefined if it is nothing of ours. */
export const parseProjectorTab = parserOf<ProjectorTab>(projectorTabSchema);

/** Parses a message from the host; undefined if it is none. */
export const parseProjectorHostMessage = parserOf<ProjectorHostMessage>(projectorHostMessageSchema);

/** Parses a message from the page; undefined if it is none. */
export const parseProjectorPageMessage = parserOf<ProjectorPageMessage>(projectorPageMessageSchema);

/** Reads what the workspace remembers of the page's arrangement; the default for anything else. */
export function parseProjectorLayout(saved: unknown): ProjectorLayout {
  const result = v.safeParse(projectorLayoutSchema, saved);
  return result.success ? result.output : DEFAULT_PROJECTOR_LAYOUT;
}

/** Reads what the workspace remembers of selections; none for anything else. */
export function parseSavedSelections(saved: unknown): SavedSelection[] {
  const result = v.safeParse(v.array(savedSelectionSchema), saved);
  return result.success ? result.output : [];
}
