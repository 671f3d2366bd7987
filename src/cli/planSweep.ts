/** From a request to a sweep's plan, every run checked against its data and this machine before any starts. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describeAdvice } from '../domain/advice/advice';
import { FORMAT_VERSION } from '../domain/run/layout';
import type { PlannedRun } from '../domain/sweep/expand';
import type { SweepPlan } from '../domain/sweep/files';
import { createRunId } from '../runs/folder/runId';
import type { Consent } from './consent';
import { requireConsent } from './consent';
import type { Preflight } from './preflight';
import { describePreflight, preflight } from './preflight';
import { libraryVersions } from './programs';
import type { RunRequest } from './request';
import { resolveSweep } from './request';

/** A plan, and what is to be known about its runs: one line each, with the label of the first run that it concerns. */
export interface CheckedPlan {
  readonly plan: SweepPlan;
  readonly notes: readonly string[];
}

/** The plan of a request. Throws HumanError naming the run, the key or the machine's limit. */
export async function planSweep(request: RunRequest, consent: Consent): Promise<CheckedPlan> {
  const { name, runs } = await resolveSweep(request);
  const codeFolder = existsSync(request.source) ? dirname(resolve(request.source)) : process.cwd();
  return planRuns(name, runs, { codeFolder, consent });
}

export interface PlanOptions {
  /** The folder whose commit and changes each run records. */
  readonly codeFolder: string;
  /** How modules of the user's own are agreed to: before anything of them is loaded. */
  readonly consent: Consent;
}

/** The plan of some runs under a name. */
export async function planRuns(
  name: string,
  runs: readonly PlannedRun[],
  { codeFolder, consent }: PlanOptions,
): Promise<CheckedPlan> {
  const configurations = runs.map(({ configuration }) => configuration);
  await requireConsent(configurations, consent);
  const notes = await checkEach(runs);
  const id = createRunId(name, new Date());
  const plan = {
    formatVersion: FORMAT_VERSION,
    id,
    name,
    createdAt: Date.now(),
    codeFolder: runs.some(({ configuration }) => configuration.captureCode) ? codeFolder : null,
    versions: libraryVersions(),
    entries: runs.map(({ label, changes, configuration }) => ({
      label,
      changes,
      configuration: { ...configuration, name: `${name} ${label}`, group: id, baseline: false },
    })),
  };
  return { plan, notes };
}

/**
 * Reading a data set takes seconds: runs that differ in nothing that is checked are checked once. Each note is given
 * once, with the label of the first run that it concerns.
 */
async function checkEach(runs: readonly PlannedRun[]): Promise<string[]> {
  const checked = new Map<string, Preflight>();
  const notes = new Map<string, string>();
  for (const { label, configuration } of runs) {
    const { dataset, model, stage1, augmentation } = configuration;
    const key = JSON.stringify([dataset, model, stage1.batchSize, augmentation.views]);
    const found = checked.get(key) ?? (await preflight(configuration));
    checked.set(key, found);
    const advice = describeAdvice(configuration, found.counts);
    for (const line of describePreflight({ ...found, advice }).split('\n'))
      if (!notes.has(line)) notes.set(line, label);
  }
  return [...notes].map(([line, label]) => `${label}: ${line}`);
}
