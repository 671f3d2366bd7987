/** The files of `evaluations/` in a run folder: their names, and what a reference run has measured. */
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { HumanError } from '../domain/errors';
import {
  meanCorruptionError,
  relativeCorruptionError,
  type CorruptionErrors,
} from '../domain/metrics/corruption';
import { RUN_FILE } from '../domain/run/layout';
import type { Evaluation, Robustness } from '../domain/run/results';
import { readJsonIfPresent, writeJson } from '../formats/files';
import { readResults } from './results';

/** Name of the evaluation of one measure on a data set, for example `finetune-own`; `on` is its folder. */
export function evaluationName(measure: string, on: string | undefined): string {
  return `${measure}-${on === undefined ? 'own' : basename(on)}`;
}

/** Writes one evaluation, replacing an earlier one of its name; the path. */
export async function writeEvaluation(folder: string, name: string, evaluation: Evaluation): Promise<string> {
  const path = join(folder, RUN_FILE.evaluations, `${name}.json`);
  await mkdir(join(folder, RUN_FILE.evaluations), { recursive: true });
  await writeJson(path, evaluation);
  return path;
}

/** What the reference is asked for: the errors of one data set. */
export interface ReferenceRequest {
  /** Folder of the reference run, and the evaluation that has its errors. */
  readonly folder: string;
  readonly name: string;
  readonly datasetHash: string;
}

/**
 * Corruption errors of a reference run, from its own evaluation or its final figures.
 * @throws HumanError if it has none, or has them of other images
 */
export async function readReference({
  folder,
  name,
  datasetHash,
}: ReferenceRequest): Promise<CorruptionErrors> {
  const path = join(folder, RUN_FILE.evaluations, `${name}.json`);
  const evaluation = (await readJsonIfPresent(path)) as Evaluation | undefined;
  const isOwn = name.endsWith('-own');
  const found = evaluation?.robustness ?? (isOwn ? (await readResults(folder))?.robustness : undefined);
  if (found === undefined) {
    throw new HumanError(
      `${basename(folder)} has not been measured under corruption: run \`supcon evaluate ${basename(folder)} --robustness\` first.`,
    );
  }
  if (evaluation !== undefined && evaluation.datasetHash !== datasetHash) {
    throw new HumanError(
      `${basename(folder)} was measured on other images: evaluate both runs on the same data set.`,
    );
  }
  return found;
}

/** Robustness with mCE and relative mCE against the reference. Throws HumanError where corruptions differ. */
export function relateTo(robustness: Robustness, run: string, reference: CorruptionErrors): Robustness {
  try {
    const mce = meanCorruptionError(robustness, reference);
    return {
      ...robustness,
      reference: { run, mce, relativeMce: relativeCorruptionError(robustness, reference) },
    };
  } catch (thrown) {
    throw new HumanError(
      `${run} was measured under other corruptions: evaluate it again with --robustness.`,
      {
        cause: thrown,
      },
    );
  }
}
