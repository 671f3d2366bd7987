/**
 * `supcon evaluate RUN`: a linear probe from a checkpoint of a run, and if asked fine-tuning and robustness, on the run's
 * own data set or on another one. Each answer is a file of `evaluations/` in the run folder.
 */
import { basename, join, resolve } from 'node:path';
import { parseConfiguration } from '../../domain/configuration/parse';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { Evaluation } from '../../domain/run/results';
import { readJson } from '../../formats/files';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import type { EvaluationRequest, Measure } from '../../trainer/evaluation/afterwards';
import { consentOf, requireRunConsent } from '../consent';
import { detectDatasetKind } from '../detect';
import { evaluationName, readReference, relateTo, writeEvaluation } from '../evaluations';
import { evaluationTable } from '../table';

export interface EvaluateOptions {
  readonly dir?: string;
  /** Folder of another data set; true for the one that the run's configuration names. */
  readonly on?: string | true;
  readonly finetune?: boolean;
  readonly robustness?: boolean;
  /** A run whose corruption errors are 1. */
  readonly reference?: string;
  readonly checkpoint?: string;
  readonly json?: boolean;
  /** Agree to the modules that lie in the run folder. */
  readonly trust?: boolean;
}

/** Measures, writes and prints; the exit code. */
export async function evaluate(text: string, options: EvaluateOptions): Promise<number> {
  const runs = resolveRunsFolder(process.cwd(), options.dir);
  const folder = await findRun(runs, text);
  const on = options.on === true ? await transferPath(folder) : options.on && resolve(options.on);
  const reference = await referenceFolder(runs, options);
  await requireRunConsent(folder, consentOf(options));
  const found = await measure(folder, await requestOf(options, on));
  if (found === undefined) return EXIT_CODE.stopped;
  const written: Evaluation[] = [];
  for (const [name, evaluation] of Object.entries(found)) {
    const file = evaluationName(name, on);
    const related = reference === undefined ? evaluation : await relate(evaluation, reference, file);
    const path = await writeEvaluation(folder, file, related);
    process.stderr.write(`${path}\n`);
    written.push(related);
  }
  process.stdout.write(
    options.json === true
      ? `${JSON.stringify(written, null, 2)}\n`
      : `${evaluationTable(basename(folder), written)}\n`,
  );
  return EXIT_CODE.completed;
}

async function requestOf(options: EvaluateOptions, on: string | undefined): Promise<EvaluationRequest> {
  const measures: Measure[] = ['linear-probe'];
  if (options.finetune === true) measures.push('finetune');
  if (options.robustness === true) measures.push('robustness');
  return {
    measures,
    checkpoint: checkpointNamed(options.checkpoint ?? 'last'),
    ...(on === undefined ? {} : { on: { kind: await detectDatasetKind(on), path: on } }),
  };
}

function checkpointNamed(name: string): 'best' | 'last' {
  if (name === 'best' || name === 'last') return name;
  throw new HumanError(`--checkpoint must be best or last; it is ${name}.`);
}

async function transferPath(folder: string): Promise<string> {
  const path = join(folder, RUN_FILE.config);
  const { evaluation } = parseConfiguration(await readJson(path), path);
  if (evaluation.transferPath !== '') return evaluation.transferPath;
  throw new HumanError(
    '--on needs a folder: name one, or set "evaluation.transferPath" in the configuration of the run.',
  );
}

async function referenceFolder(runs: string, options: EvaluateOptions): Promise<string | undefined> {
  if (options.reference === undefined) return undefined;
  if (options.robustness === true) return findRun(runs, options.reference);
  throw new HumanError('--reference is for errors under corruption: add --robustness.');
}

/** Undefined if it was interrupted. The training maths is loaded only here: a large library. */
async function measure(folder: string, request: EvaluationRequest) {
  const { evaluateAfterwards } = await import('../../trainer/evaluation/afterwards');
  const { StoppedError, connectToKeeper } = await import('../../trainer/port');
  try {
    return await evaluateAfterwards(folder, request, { port: connectToKeeper(), onProgress: progressLine() });
  } catch (thrown) {
    if (thrown instanceof StoppedError) return undefined;
    throw thrown;
  }
}

/** A line on the screen that says how far a measure is, each whole per cent once; silent in a file. */
function progressLine(): (measure: Measure, done: number) => void {
  let said = '';
  return (measure, done) => {
    const line = `${measure} ${Math.floor(100 * done)} %`;
    if (process.stderr.isTTY && line !== said) process.stderr.write(`\r${line}${done === 1 ? '\n' : ''}`);
    said = line;
  };
}

async function relate(evaluation: Evaluation, reference: string, name: string): Promise<Evaluation> {
  const { robustness, datasetHash } = evaluation;
  if (robustness === undefined) return evaluation;
  const errors = await readReference({ folder: reference, name, datasetHash });
  return { ...evaluation, robustness: relateTo(robustness, basename(reference), errors) };
}
