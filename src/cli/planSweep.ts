/** From a request to a sweep's plan, every run checked against its data and this machine before any starts. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Configuration } from '../domain/configuration/schema';
import { FORMAT_VERSION } from '../domain/run/layout';
import type { PlannedRun } from '../domain/sweep/expand';
import type { SweepPlan } from '../domain/sweep/files';
import { createRunId } from '../runs/folder/runId';
import type { Consent } from './consent';
import { requireConsent } from './consent';
import { preflight } from './preflight';
import { libraryVersions } from './programs';
import type { RunRequest } from './request';
import { resolveSweep } from './request';

/** The plan of a request. Throws HumanError naming the run, the key or the machine's limit. */
export async function planSweep(request: RunRequest, consent: Consent): Promise<SweepPlan> {
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
): Promise<SweepPlan> {
  const configurations = runs.map(({ configuration }) => configuration);
  await requireConsent(configurations, consent);
  await checkEach(configurations);
  const id = createRunId(name, new Date());
  return {
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
}

/** Reading a data set takes seconds: runs that differ in nothing that is checked are checked once. */
async function checkEach(configurations: readonly Configuration[]): Promise<void> {
  const checked = new Set<string>();
  for (const configuration of configurations) {
    const { dataset, model, stage1, augmentation } = configuration;
    const key = JSON.stringify([dataset, model, stage1.batchSize, augmentation.views]);
    if (checked.has(key)) continue;
    checked.add(key);
    await preflight(configuration);
  }
}
