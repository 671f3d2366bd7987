/**
 * The wire between extension host and the runs table. The page says boot; the host answers with one snapshot, then
 * with numbered deltas that carry changed rows alone. A page that misses a number asks for a snapshot.
 */
import * as v from 'valibot';
import type { LayoutColumn, TableLayout } from '../../domain/runsTable/layout';
import type { Filter } from '../../domain/runsTable/filter';
import { OPERATORS } from '../../domain/runsTable/filter';
import type { RunRow, TagFigures } from '../../domain/runsTable/row';
import type { SortKey } from '../../domain/runsTable/sort';
import { TABLE_FORMATS } from '../../domain/runsTable/tableText';
import type { SettingValue } from '../../domain/run/record';
import { runSummarySchema } from '../run';
import { parserOf } from '../parse';

/** The editor carries messages as JSON, which has no NaN and no infinities: they travel by their names. */
const NON_FINITE = ['NaN', 'Infinity', '-Infinity'] as const;
const figureSchema = v.union([v.number(), v.pipe(v.picklist(NON_FINITE), v.transform(Number))]);
type WireFigure = number | (typeof NON_FINITE)[number];

const settingSchema = v.nullable(v.union([v.string(), v.number(), v.boolean()])) satisfies v.GenericSchema<
  unknown,
  SettingValue
>;

const tagFiguresSchema = v.object({
  last: figureSchema,
  min: figureSchema,
  max: figureSchema,
}) satisfies v.GenericSchema<unknown, TagFigures>;

export const runRowSchema = v.object({
  summary: runSummarySchema,
  settings: v.record(v.string(), settingSchema),
  figures: v.record(v.string(), figureSchema),
  tags: v.record(v.string(), tagFiguresSchema),
  seedGroup: v.string(),
}) satisfies v.GenericSchema<unknown, RunRow>;

/** A row as it is posted. */
export type WireRow = v.InferInput<typeof runRowSchema>;

const layoutColumnSchema = v.object({
  id: v.string(),
  width: v.number(),
  pinned: v.boolean(),
}) satisfies v.GenericSchema<unknown, LayoutColumn>;

const sortKeySchema = v.object({
  column: v.string(),
  descending: v.boolean(),
}) satisfies v.GenericSchema<unknown, SortKey>;

const filterSchema = v.object({
  column: v.string(),
  operator: v.picklist(OPERATORS),
  operand: v.string(),
}) satisfies v.GenericSchema<unknown, Filter>;

export const tableLayoutSchema = v.object({
  columns: v.pipe(v.array(layoutColumnSchema), v.readonly()),
  sort: v.pipe(v.array(sortKeySchema), v.readonly()),
  filters: v.pipe(v.array(filterSchema), v.readonly()),
  onlyDiffering: v.boolean(),
  grouped: v.boolean(),
}) satisfies v.GenericSchema<unknown, TableLayout>;

/** What can be done with selected runs. Each is a command of the editor. */
export const TABLE_ACTIONS = [
  'compare',
  'openDashboard',
  'inspectEmbeddings',
  'compareEmbeddings',
  'stop',
  'resume',
  'startAgain',
  'star',
  'unstar',
  'tag',
  'rename',
  'notes',
  'archive',
  'unarchive',
  'delete',
  'showLog',
  'revealFolder',
] as const;
export type TableAction = (typeof TABLE_ACTIONS)[number];

/** From host to page. */
export const tableHostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('snapshot'),
    sequence: v.number(),
    rows: v.array(runRowSchema),
    /** What the workspace keeps; null before anything was chosen. */
    layout: v.nullable(tableLayoutSchema),
    /** False in an untrusted workspace: no run is read. */
    trusted: v.boolean(),
  }),
  v.object({
    type: v.literal('delta'),
    sequence: v.number(),
    /** Rows that are new or read differently. */
    changed: v.array(runRowSchema),
    /** Folders of runs that are gone. */
    removed: v.array(v.string()),
  }),
]);
export type TableHostMessage = v.InferOutput<typeof tableHostMessageSchema>;
type Snapshot = Extract<TableHostMessage, { type: 'snapshot' }>;
type Delta = Extract<TableHostMessage, { type: 'delta' }>;

/** As it is posted: figures that JSON cannot carry by their names. */
export type WireTableMessage =
  (Omit<Snapshot, 'rows'> & { rows: WireRow[] }) | (Omit<Delta, 'changed'> & { changed: WireRow[] });

/** From page to host. */
export const tablePageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  /** A delta was missed. */
  v.object({ type: v.literal('missed') }),
  /** Runs by folder. */
  v.object({
    type: v.literal('action'),
    action: v.picklist(TABLE_ACTIONS),
    folders: v.array(v.string()),
  }),
  /** The reader changed the layout: keep it with the workspace. */
  v.object({ type: v.literal('layout'), layout: tableLayoutSchema }),
  v.object({ type: v.literal('copy'), text: v.string() }),
  /** Ask where, then write. */
  v.object({ type: v.literal('export'), format: v.picklist(TABLE_FORMATS), text: v.string() }),
  v.object({ type: v.literal('start') }),
  v.object({ type: v.literal('manageTrust') }),
]);
export type TablePageMessage = v.InferOutput<typeof tablePageMessageSchema>;

/** Parses a message from the host; undefined if it is none. */
export const parseTableHostMessage = parserOf<TableHostMessage>(tableHostMessageSchema);

/** Parses a message from the page; undefined if it is none. */
export const parseTablePageMessage = parserOf<TablePageMessage>(tablePageMessageSchema);

/** Parses a kept layout; undefined if it is none that this version reads. */
export const parseTableLayout = parserOf<TableLayout>(tableLayoutSchema);

/** A row made fit for the wire. */
export function toWireRow(row: RunRow): WireRow {
  const tags = Object.entries(row.tags).map(
    ([tag, { last, min, max }]) =>
      [tag, { last: wireFigure(last), min: wireFigure(min), max: wireFigure(max) }] as const,
  );
  const figures = Object.entries(row.figures).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, wireFigure(value)] as const],
  );
  const { tags: words, acknowledged = [] } = row.summary;
  const summary = { ...row.summary, tags: [...words], acknowledged: [...acknowledged] };
  return {
    ...row,
    summary,
    settings: { ...row.settings },
    figures: Object.fromEntries(figures),
    tags: Object.fromEntries(tags),
  };
}

function wireFigure(value: number): WireFigure {
  if (Number.isFinite(value)) return value;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
