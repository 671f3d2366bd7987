/**
 * The wire between extension host and the preview of views. The page says boot and is told what was opened; then it asks
 * for one drawing at a time. Pictures travel as typed arrays.
 */
import * as v from 'valibot';
import { comparisonSchema, drawRequestSchema, previewOpenedSchema, previewRowSchema } from '../preview';
import { parserOf } from '../parse';

const picture = v.instance(Uint8Array);

/** From host to page. */
export const viewsHostMessageSchema = v.variant('type', [
  /** The data set is being read, or read again because the file was saved. */
  v.object({ type: v.literal('opening'), file: v.string() }),
  v.object({ type: v.literal('opened'), ...previewOpenedSchema.entries }),
  v.object({
    type: v.literal('drawn'),
    ...drawRequestSchema.entries,
    rows: v.array(previewRowSchema(picture)),
    comparison: v.nullable(comparisonSchema),
  }),
  /** There is nothing to show, and one sentence says why. */
  v.object({ type: v.literal('failed'), message: v.string() }),
  /** Nothing is read in an untrusted workspace. */
  v.object({ type: v.literal('untrusted') }),
]);
export type ViewsHostMessage = v.InferOutput<typeof viewsHostMessageSchema>;
export type DrawnViews = Extract<ViewsHostMessage, { type: 'drawn' }>;

/** What the buttons ask for. */
export const VIEWS_COMMANDS = ['openFile', 'reload', 'start', 'manageTrust'] as const;

/** From page to host. */
export const viewsPageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  v.object({ type: v.literal('draw'), ...drawRequestSchema.entries }),
  v.object({ type: v.literal('command'), command: v.picklist(VIEWS_COMMANDS) }),
]);
export type ViewsPageMessage = v.InferOutput<typeof viewsPageMessageSchema>;

/** Parses a message from the host; undefined if it is none. */
export const parseViewsHostMessage = parserOf<ViewsHostMessage>(viewsHostMessageSchema);

/** Parses a message from the page; undefined if it is none. */
export const parseViewsPageMessage = parserOf<ViewsPageMessage>(viewsPageMessageSchema);
