/**
 * Everything that a run folder records, for a diff. Each part is read by itself: one that is missing is null, one that
 * is damaged is null and a sentence in the section that lacks it.
 */
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { resolveConfiguration } from '../../domain/diff/configuration';
import type { CodeFacts, RunFacts } from '../../domain/diff/facts';
import { programConfiguration } from '../../domain/diff/program';
import type { SectionName } from '../../domain/diff/runDiff';
import { HumanError, toError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { RunFile, RunSummary } from '../../domain/run/state';
import { datasetFileSchema, predictionsFileSchema, resultsSchema } from '../../protocol/recorded';
import { readCommandRun } from '../command/commandRun';
import { readRunFile, readSmallFile, readTextIfThere } from '../folder/runFiles';
import { summariseOrExplain } from '../list';
import type { LossKnowledge } from '../logs/lossFacts';
import { readTags } from './tags';

/**
 * The facts of one run, without its seed group. Never throws.
 * @param known its summary, where it is a run of others, of which its folder alone says less
 */
export async function gatherFacts(folder: string, known?: RunSummary): Promise<RunFacts> {
  const problems = new Problems();
  const read = <T extends { formatVersion: number }>(
    section: SectionName,
    file: string,
    schema: v.GenericSchema<unknown, T>,
  ) => problems.orNull(section, readSmallFile(join(folder, file), schema));
  const summary = known?.kind === 'foreign' ? known : await summariseOrExplain(folder);
  const { tags, program, problems: ofTags } = await readTags(folder);
  for (const sentence of ofTags) problems.add('metrics', sentence);
  const run = await problems.orNull('outcome', readRunFile(folder));
  return {
    key: folder,
    name: summary.name,
    id: summary.id,
    summary,
    ...segmentsOf(run),
    configuration: await readConfiguration(folder, program, problems),
    dataset: await read('data', RUN_FILE.dataset, datasetFileSchema),
    environment: await read('environment', RUN_FILE.environment, anyFileSchema),
    code: await readCode(folder, problems),
    results: await read('metrics', RUN_FILE.results, resultsSchema),
    tags,
    predictions: await read('samples', RUN_FILE.predictions, predictionsFileSchema),
    replicates: [],
    problems: problems.bySection,
  };
}

/** What a run was started from; null where nothing is recorded. Throws HumanError if it is newer or damaged. */
export async function readCodeFacts(folder: string): Promise<CodeFacts | null> {
  const code = await readSmallFile(join(folder, RUN_FILE.code), codeFileSchema);
  if (code === undefined) return null;
  const { unavailable, commit, branch, omitted } = code;
  const patch = (await readTextIfThere(join(folder, RUN_FILE.codePatch))) ?? '';
  return { unavailable, commit, branch, omitted, patch };
}

const anyFileSchema = v.looseObject({ formatVersion: v.number() });

const codeFileSchema = v.object({
  formatVersion: v.number(),
  unavailable: v.nullable(v.string()),
  commit: v.nullable(v.pipe(v.string(), v.hexadecimal('its commit is none'))),
  branch: v.nullable(v.string()),
  omitted: v.array(v.string()),
});

/** Sentences by section. */
class Problems {
  readonly bySection: Partial<Record<SectionName, string[]>> = {};

  add(section: SectionName, sentence: string): void {
    (this.bySection[section] ??= []).push(sentence);
  }

  /** What a reading gives, or null and a sentence. */
  async orNull<T>(section: SectionName, reading: Promise<T | null | undefined>): Promise<T | null> {
    try {
      return (await reading) ?? null;
    } catch (thrown) {
      const sentence = thrown instanceof HumanError ? thrown.message : toError(thrown).message;
      this.add(section, sentence);
      return null;
    }
  }
}

async function readConfiguration(
  folder: string,
  program: LossKnowledge | undefined,
  problems: Problems,
): Promise<RunFacts['configuration']> {
  const path = join(folder, RUN_FILE.config);
  const json = await problems.orNull('configuration', readSmallFile(path, anyFileSchema));
  if (program === undefined) return json && resolveConfiguration(json, basename(path));
  const command = await problems.orNull('configuration', readCommandRun(folder));
  const { facts, parameters } = program;
  return programConfiguration({ json, arguments: command?.arguments ?? [], parameters, facts });
}

function readCode(folder: string, problems: Problems): Promise<CodeFacts | null> {
  return problems.orNull('code', readCodeFacts(folder));
}

function segmentsOf(run: RunFile | null): Pick<RunFacts, 'startedAt' | 'segments'> {
  return { startedAt: run?.segments[0]?.startedAt ?? null, segments: run?.segments.length ?? 0 };
}
