/** Schemas of a sweep's files, tied to the domain's types. */
import * as v from 'valibot';
import type { SweepControl, SweepPlan, SweepProgress } from '../domain/sweep/files';
import { END_STATES } from '../domain/run/state';
import type { Configuration } from '../domain/configuration/schema';
import { configurationSchema } from '../domain/configuration/schema';

const endStateSchema = v.fallback(v.picklist([...END_STATES, 'unknown']), 'unknown');

export const sweepPlanSchema = v.object({
  formatVersion: v.number(),
  id: v.string(),
  name: v.string(),
  createdAt: v.number(),
  codeFolder: v.nullable(v.string()),
  versions: v.record(v.string(), v.string()),
  entries: v.array(
    v.object({
      label: v.string(),
      changes: v.record(v.string(), v.unknown()),
      configuration: configurationSchema satisfies v.GenericSchema<unknown, Configuration>,
    }),
  ),
}) satisfies v.GenericSchema<unknown, SweepPlan>;

export const sweepControlSchema = v.object({
  formatVersion: v.number(),
  paused: v.boolean(),
  order: v.array(v.number()),
}) satisfies v.GenericSchema<unknown, SweepControl>;

export const sweepProgressSchema = v.object({
  formatVersion: v.number(),
  worker: v.nullable(v.object({ pid: v.number(), startTime: v.string() })),
  runs: v.record(
    v.string(),
    v.object({ run: v.string(), endState: v.nullable(endStateSchema), reason: v.nullable(v.string()) }),
  ),
}) satisfies v.GenericSchema<unknown, SweepProgress>;
