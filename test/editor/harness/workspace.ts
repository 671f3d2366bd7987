/** What a test's workspace holds: a configuration of fitting length, and the runs, read as any reader reads them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartialConfiguration } from '../../../src/domain/configuration/schema';
import { TAG } from '../../../src/domain/metrics/tags';
import { DEFAULT_RUNS_FOLDER, EVENT_FILE_MARK } from '../../../src/domain/run/layout';
import type { RunSummary } from '../../../src/domain/run/state';
import { createEventParser } from '../../../src/formats/events/reader';
import { createSeriesStore } from '../../../src/formats/events/series';
import { listRuns } from '../../../src/runs/list';

/** The configuration file of the tests. */
export const CONFIGURATION_FILE = 'shapes.supcon.json';

/** A run on the generated set with a small net: some tens of milliseconds a step, `epochs` of 112 steps each. */
export function shapesConfiguration(epochs: number): string {
  const configuration: PartialConfiguration = {
    name: 'shapes',
    dataset: { kind: 'generated' },
    model: { width: 4 },
    stage1: { epochs, batchSize: 32, learningRate: 0.1, warmupEpochs: 0.5 },
    stage2: { epochs: 2 },
    evaluation: { everyEpochs: 5, samples: 200 },
    embeddings: { everyEpochs: 0 },
    checkpoints: { everySeconds: 10 },
    threads: 1,
    captureCode: false,
  };
  return `${JSON.stringify(configuration, null, 2)}\n`;
}

/** The runs of a workspace, newest first. */
export async function runsOf(workspace: string): Promise<readonly RunSummary[]> {
  return listRuns(join(workspace, DEFAULT_RUNS_FOLDER)).catch(() => []);
}

/** The one run of a workspace; throws when there are several or none. */
export async function onlyRunOf(workspace: string): Promise<RunSummary> {
  const runs = await runsOf(workspace);
  const run = runs.at(0);
  if (run === undefined || runs.length > 1) throw new Error(`expected one run, found ${runs.length}`);
  return run;
}

/** The steps at which the loss is on disk, in the order of the files, without those that a resume superseded. */
export function recordedSteps(runFolder: string): readonly number[] {
  const store = createSeriesStore();
  const files = readdirSync(runFolder).filter((name) => name.includes(EVENT_FILE_MARK));
  for (const file of files.sort()) createEventParser().push(readFileSync(join(runFolder, file)), store);
  return [...(store.series.get(TAG.loss)?.columns().steps ?? [])];
}

/** Asks again and again until the answer is neither undefined nor false; throws, naming what, after the deadline. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  deadlineMs: number,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  while (Date.now() < end) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    await sleep(250);
  }
  throw new Error(`waited ${deadlineMs / 1000} s in vain for ${what}`);
}
