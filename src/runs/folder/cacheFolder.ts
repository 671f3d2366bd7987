/** Where what can be computed again is kept for a runs folder: beside the runs, and never among them. */
import { basename, dirname, join } from 'node:path';
import { DEFAULT_RUNS_FOLDER } from '../../domain/run/layout';

/** `.supcon/cache` for a runs folder in `.supcon`, else the hidden folder `.cache` inside the runs folder. */
export function cacheFolder(runsFolder: string): string {
  const parent = dirname(runsFolder);
  return basename(parent) === dirname(DEFAULT_RUNS_FOLDER)
    ? join(parent, 'cache')
    : join(runsFolder, '.cache');
}
