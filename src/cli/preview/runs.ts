/**
 * Runs whose encoder can compare the views of a configuration: same model, a checkpoint, and no module that the user has
 * not agreed to. One encoder is kept loaded, until its run has a newer checkpoint.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parseConfiguration } from '../../domain/configuration/parse';
import type { Configuration } from '../../domain/configuration/schema';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { RunSummary } from '../../domain/run/state';
import { readJson } from '../../formats/files';
import { listRuns } from '../../runs/list';
import { findCopies } from '../../runs/modules/record';
import { assertTrusted } from '../../runs/modules/trust';
import type { ViewEncoder } from '../../trainer/preview/viewEncoder';

const MOST_RUNS = 50;

/** Such runs of a runs folder, newest first. */
export async function comparableRuns(
  runsFolder: string,
  configuration: Configuration,
): Promise<readonly RunSummary[]> {
  const runs = await listRuns(runsFolder).catch(() => []);
  const fitting = await Promise.all(runs.map((run) => isComparable(run.folder, configuration)));
  return runs.filter((_, place) => fitting[place]).slice(0, MOST_RUNS);
}

/** Loads encoders of runs, one at a time. */
export interface EncoderCache {
  /** The encoder of a run's newest checkpoint. Throws HumanError if there is none, or it may not be loaded. */
  encoderOf(runFolder: string): Promise<ViewEncoder>;
}

/** A cache of one encoder. */
export function createEncoderCache(): EncoderCache {
  let kept: { readonly key: string; readonly encoder: ViewEncoder } | undefined;
  return {
    encoderOf: async (runFolder) => {
      const key = `${runFolder} ${(await checkpointsOf(runFolder)).join(' ')}`;
      if (kept?.key === key) return kept.encoder;
      await assertTrusted(await findCopies(runFolder));
      // The training maths is loaded only here: a large library.
      const { openViewEncoder } = await import('../../trainer/preview/viewEncoder');
      const encoder = await openViewEncoder(runFolder);
      await kept?.encoder.dispose();
      kept = { key, encoder };
      return encoder;
    },
  };
}

/** Runs that cannot be read are none that could compare. */
async function isComparable(folder: string, { model }: Configuration): Promise<boolean> {
  try {
    const path = join(folder, RUN_FILE.config);
    const config = parseConfiguration(await readJson(path), path);
    if (!isDeepStrictEqual({ ...config.model, weights: '' }, { ...model, weights: '' })) return false;
    if ((await checkpointsOf(folder)).length === 0) return false;
    await assertTrusted(await findCopies(folder));
    return true;
  } catch (thrown) {
    if (thrown instanceof HumanError) return false;
    throw thrown;
  }
}

async function checkpointsOf(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, RUN_FILE.checkpoints)).catch(() => []);
  return names.filter((name) => /^step-\d+\.safetensors$/.test(name)).sort();
}
