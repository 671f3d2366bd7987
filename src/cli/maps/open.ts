/** Opens the sources that somebody has typed: names of runs, run folders, or files with embeddings. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { causeChain, HumanError } from '../../domain/errors';
import { createMaps, mapCacheFolder } from '../../runs/maps/create';
import type { Maps } from '../../runs/maps/maps';
import { findRun } from '../../runs/folder/findRun';
import { resolveRunsFolder } from '../../runs/folder/runsFolder';
import { bundle } from '../programs';

/** The path of a source: a file, the folder of a run by its name, or any folder. Rejects with HumanError. */
export async function sourcePath(text: string, dir: string | undefined): Promise<string> {
  const stats = await stat(resolve(text)).catch(() => undefined);
  if (stats?.isFile() === true) return resolve(text);
  try {
    return await findRun(resolveRunsFolder(process.cwd(), dir), text);
  } catch (thrown) {
    if (thrown instanceof HumanError && stats?.isDirectory() === true) return resolve(text);
    throw thrown;
  }
}

/** Maps that are computed in threads of this process; dispose them at the end. */
export function commandLineMaps(): Maps {
  return createMaps({
    workerPath: bundle('maps-worker.js'),
    cacheFolder: mapCacheFolder(),
    onError: (error) => process.stderr.write(`${causeChain(error)}\n`),
  });
}
