/** The modules of the user's own that a sweep would still load: those of runs to start, and the copies of one to resume. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundModule } from '../modules/record';
import { findCopies, findModules } from '../modules/record';
import { runsFolderOf } from './folder';
import { summariseSweep } from './summary';

/** Reads them, each key and path of a configuration once. Throws HumanError that names a file and what is wrong. */
export async function findWaitingModules(folder: string): Promise<FoundModule[]> {
  const { entries, waiting } = await summariseSweep(folder);
  const left = entries
    .filter((_, place) => waiting.includes(place))
    .map(({ run, configuration }) => ({ configuration, begun: run === null ? '' : run.run }))
    .map((entry) => ({ ...entry, runFolder: join(runsFolderOf(folder), entry.begun) }));
  const begun = left.filter(({ begun, runFolder }) => begun !== '' && existsSync(runFolder));
  const others = left.filter((entry) => !begun.includes(entry));
  const copies = await Promise.all(begun.map(({ runFolder }) => findCopies(runFolder)));
  return [...copies.flat(), ...(await findModules(others.map(({ configuration }) => configuration)))];
}
