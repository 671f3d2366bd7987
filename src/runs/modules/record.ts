/** The user's modules: found, and copied into a run's folder, so that it can be resumed after they have changed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Configuration } from '../../domain/configuration/schema';
import { modulesOf } from '../../domain/configuration/modulePath';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { ModulesFile, RecordedModule } from '../../domain/run/modules';
import { writeJson } from '../../formats/files';
import type { CollectedModule } from '../../formats/modules/collect';
import { collectModule, placeOf } from '../../formats/modules/collect';
import { collectCopy, readRecordedModules } from '../../formats/modules/recorded';
import { assertTrusted } from './trust';

/** A module of a configuration or of a run, read. */
export interface FoundModule extends CollectedModule {
  readonly key: RecordedModule['key'];
  /** The file that would be loaded: the user's own, or its copy in the run folder. */
  readonly source: string;
}

/**
 * Reads the modules of some configurations, each key and path once however many name them; paths are absolute.
 * @throws HumanError that names the file and what is wrong with it
 */
export function findModules(configurations: readonly Configuration[]): Promise<FoundModule[]> {
  // One file may serve two keys.
  const named = configurations
    .flatMap(modulesOf)
    .map((module) => [`${module.key} ${module.path}`, module] as const);
  return Promise.all(
    [...new Map(named).values()].map(async ({ key, path }) => ({
      ...(await collectModule(path)),
      key,
      source: path,
    })),
  );
}

/** Reads the modules that a run was made of. Throws HumanError if a copy is not what was recorded. */
export async function findCopies(runFolder: string): Promise<FoundModule[]> {
  const recorded = await readRecordedModules(runFolder);
  return Promise.all(
    recorded.map(async (module) => {
      const { path, ...collected } = await collectCopy(runFolder, module);
      return { ...collected, key: module.key, source: path };
    }),
  );
}

/**
 * Writes modules and modules.json into a run folder; nothing if the configuration has none.
 * @throws HumanError if the user has not agreed to one of them
 */
export async function recordModules(folder: string, configuration: Configuration): Promise<void> {
  const found = await findModules([configuration]);
  if (found.length === 0) return;
  await assertTrusted(found);
  const modules = await Promise.all(found.map((module) => copy(folder, module)));
  const file: ModulesFile = { formatVersion: FORMAT_VERSION, modules };
  await writeJson(join(folder, RUN_FILE.modules), file);
}

async function copy(folder: string, module: FoundModule): Promise<RecordedModule> {
  const { key, source, hash, entry, files } = module;
  const place = `${RUN_FILE.moduleCopies}/${key}`;
  for (const [name, bytes] of files) {
    const path = placeOf(join(folder, place), name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  // Node takes a .js file for an ES module only where a package.json says so.
  await writeFile(join(folder, place, 'package.json'), '{ "type": "module" }\n');
  return { key, source, entry: `${place}/${entry}`, hash };
}
