/** Schemas of the run's own values, tied to the domain's types, for wires and files alike. */
import * as v from 'valibot';
import type {
  EngineInfo,
  ExitFile,
  Headline,
  Progress,
  RunFile,
  RunSummary,
  StateFile,
  StopLadder,
  UserFile,
} from '../domain/run/state';
import { END_STATES, RUN_KINDS, RUN_STATES, STAGES } from '../domain/run/state';
import type { Alert } from '../domain/run/alert';
import type { AlertGroup } from '../domain/run/alertGroups';
import { SEVERITIES } from '../domain/run/alert';

/** A state that this version does not know reads as `unknown`. */
const runStateSchema = v.fallback(v.picklist([...RUN_STATES, 'unknown']), 'unknown');
const endStateSchema = v.fallback(v.picklist([...END_STATES, 'unknown']), 'unknown');

export const progressSchema = v.object({
  stage: v.fallback(v.picklist(STAGES), 'preparing'),
  epoch: v.number(),
  epochs: v.number(),
  step: v.number(),
  steps: v.number(),
  fraction: v.number(),
  secondsLeft: v.nullable(v.number()),
  viewsPerSecond: v.nullable(v.number()),
}) satisfies v.GenericSchema<unknown, Progress>;

export const headlineSchema = v.object({
  label: v.string(),
  value: v.number(),
}) satisfies v.GenericSchema<unknown, Headline>;

export const engineInfoSchema = v.object({
  name: v.string(),
  device: v.string(),
  precision: v.exactOptional(v.string()),
  reason: v.string(),
}) satisfies v.GenericSchema<unknown, EngineInfo>;

export const stopLadderSchema = v.object({
  level: v.picklist(['asked', 'interrupted', 'killed']),
  since: v.number(),
  deadline: v.nullable(v.number()),
}) satisfies v.GenericSchema<unknown, StopLadder>;

const processIdentitySchema = v.object({ pid: v.number(), startTime: v.string() });

export const stateFileSchema = v.object({
  formatVersion: v.number(),
  state: runStateSchema,
  endState: v.nullable(endStateSchema),
  segment: v.number(),
  trainer: v.nullable(processIdentitySchema),
  heartbeat: v.number(),
  progress: v.nullable(progressSchema),
  headline: v.nullable(headlineSchema),
  engine: v.nullable(engineInfoSchema),
  stop: v.nullable(stopLadderSchema),
  queuedBehind: v.nullable(v.number()),
}) satisfies v.GenericSchema<unknown, StateFile>;

export const runFileSchema = v.object({
  formatVersion: v.number(),
  id: v.string(),
  createdAt: v.number(),
  host: v.string(),
  version: v.string(),
  segments: v.array(
    v.object({ index: v.number(), startedAt: v.number(), keeper: processIdentitySchema, socket: v.string() }),
  ),
}) satisfies v.GenericSchema<unknown, RunFile>;

export const exitFileSchema = v.object({
  formatVersion: v.number(),
  segment: v.number(),
  endState: endStateSchema,
  code: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  endedAt: v.number(),
}) satisfies v.GenericSchema<unknown, ExitFile>;

export const userFileSchema = v.object({
  formatVersion: v.number(),
  name: v.exactOptional(v.string()),
  tags: v.exactOptional(v.array(v.string())),
  notes: v.exactOptional(v.string()),
  star: v.exactOptional(v.boolean()),
  archived: v.exactOptional(v.boolean()),
  acknowledged: v.exactOptional(v.record(v.string(), v.number())),
}) satisfies v.GenericSchema<unknown, UserFile>;

export const alertSchema = v.object({
  kind: v.string(),
  severity: v.picklist(SEVERITIES),
  step: v.number(),
  since: v.exactOptional(v.number()),
  at: v.number(),
  cause: v.string(),
  remedy: v.string(),
}) satisfies v.GenericSchema<unknown, Alert>;

/** More kinds of alerts than this of one run are not shown: the trainer knows a dozen. */
export const MOST_ALERT_GROUPS = 100;

export const alertGroupSchema = v.object({
  kind: v.string(),
  severity: v.picklist(SEVERITIES),
  firstStep: v.number(),
  lastStep: v.number(),
  count: v.number(),
  at: v.number(),
  cause: v.string(),
  remedy: v.string(),
  isAcknowledged: v.boolean(),
}) satisfies v.GenericSchema<unknown, AlertGroup>;

/** A kind of alert as a page may name it. */
export const alertKindSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(100));

export const runSummarySchema = v.object({
  id: v.string(),
  name: v.string(),
  folder: v.string(),
  state: runStateSchema,
  endState: v.nullable(endStateSchema),
  pid: v.nullable(v.number()),
  signal: v.nullable(v.string()),
  reason: v.nullable(v.string()),
  createdAt: v.number(),
  endedAt: v.nullable(v.number()),
  heartbeat: v.nullable(v.number()),
  progress: v.nullable(progressSchema),
  headline: v.nullable(headlineSchema),
  engine: v.nullable(engineInfoSchema),
  stop: v.nullable(stopLadderSchema),
  queuedBehind: v.nullable(v.number()),
  loss: v.string(),
  resumable: v.boolean(),
  kind: v.picklist(RUN_KINDS),
  group: v.string(),
  seed: v.nullable(v.number()),
  starred: v.boolean(),
  tags: v.pipe(v.array(v.string()), v.readonly()),
  notes: v.string(),
  archived: v.boolean(),
  acknowledged: v.exactOptional(v.pipe(v.array(v.string()), v.readonly())),
}) satisfies v.GenericSchema<unknown, RunSummary>;
