/**
 * The wire between extension host and the page of one run. The page says boot; the host answers with one snapshot, then
 * with numbered deltas while the page is visible. A page that misses a number asks for a snapshot.
 */
import * as v from 'valibot';
import { alertKindSchema, alertSchema, runSummarySchema } from '../run';
import { pointsSchema } from '../series';
import { parserOf } from '../parse';

/** From host to page. */
export const hostMessageSchema = v.variant('type', [
  v.object({
    type: v.literal('snapshot'),
    sequence: v.number(),
    /** Null when there is no run to show. */
    run: v.nullable(runSummarySchema),
    /** False in an untrusted workspace: nothing can be started. */
    trusted: v.boolean(),
    series: v.array(pointsSchema),
    alerts: v.array(alertSchema),
  }),
  v.object({
    type: v.literal('delta'),
    sequence: v.number(),
    run: v.nullable(runSummarySchema),
    /**
     * Points to append. `restart` names the step from which older points of the tag are superseded by a
     * resumed segment, or is null.
     */
    series: v.array(v.object({ ...pointsSchema.entries, restart: v.nullable(v.number()) })),
    alerts: v.array(alertSchema),
  }),
]);
export type HostMessage = v.InferOutput<typeof hostMessageSchema>;

/** Commands that a page may ask for; the host runs the palette command of the same name. */
export const PAGE_COMMANDS = [
  'start',
  'startAgain',
  'stop',
  'resume',
  'openDashboard',
  'showLog',
  'manageTrust',
] as const;

/** From page to host. */
export const pageMessageSchema = v.variant('type', [
  v.object({ type: v.literal('boot') }),
  /** A delta was missed. */
  v.object({ type: v.literal('missed') }),
  v.object({ type: v.literal('command'), command: v.picklist(PAGE_COMMANDS) }),
  /** The user has seen to a kind of alert. */
  v.object({ type: v.literal('acknowledge'), kind: alertKindSchema }),
]);
export type PageMessage = v.InferOutput<typeof pageMessageSchema>;

/** Parses a message from the host; undefined if it is none. */
export const parseHostMessage = parserOf<HostMessage>(hostMessageSchema);

/** Parses a message from a page; undefined if it is none. */
export const parsePageMessage = parserOf<PageMessage>(pageMessageSchema);
