/**
 * The copies of the user's modules in a run folder. The folder may come from anybody: what modules.json names is
 * checked, read and hashed here, and loaded only by whoever has the user's agreement.
 */
import { realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { HumanError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { RecordedModule } from '../../domain/run/modules';
import { isModuleCopy, parseModulesFile } from '../../domain/run/modules';
import { readJsonIfPresent } from '../files';
import type { CollectedModule } from './collect';
import { collectModule, placeOf } from './collect';

/** A copy as it lies in a run folder, read. */
export interface CollectedCopy extends CollectedModule {
  /** Path of the copy's entry. */
  readonly path: string;
}

/** What modules.json of a run lists; nothing if there is none. Throws HumanError if it is damaged or newer. */
export async function readRecordedModules(runFolder: string): Promise<readonly RecordedModule[]> {
  const path = join(runFolder, RUN_FILE.modules);
  const json = await readJsonIfPresent(path);
  return json === undefined ? [] : parseModulesFile(json, path).modules;
}

/** Reads a copy. Throws HumanError if it is not what was recorded, or lies elsewhere. */
export async function collectCopy(
  runFolder: string,
  { entry, hash, source }: RecordedModule,
): Promise<CollectedCopy> {
  const path = placeOf(runFolder, entry);
  const collected = await collectModule(path);
  if (collected.hash !== hash)
    throw new HumanError(
      `The copy of ${source} in ${dirname(path)} has changed since the run was started: start a new run.`,
    );
  const place = relative(await realpath(runFolder), await realpath(path));
  if (!isModuleCopy(place.split(sep).join('/')))
    throw new HumanError(`The copy of ${source} is a link out of ${runFolder}: start a new run.`);
  return { ...collected, path };
}
