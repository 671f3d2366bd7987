/** Reads the final figures of a run. */
import { join } from 'node:path';
import { RUN_FILE } from '../domain/run/layout';
import type { Results } from '../domain/run/results';
import { readJsonIfPresent } from '../formats/files';

/** results.json of a run folder, or undefined while there is none. */
export async function readResults(folder: string): Promise<Results | undefined> {
  return (await readJsonIfPresent(join(folder, RUN_FILE.results))) as Results | undefined;
}
