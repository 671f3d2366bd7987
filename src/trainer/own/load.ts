/**
 * Loads the user's own modules from their copies in the run folder. Their content is hashed again first: what runs
 * is what the user has agreed to, or nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModuleKey } from '../../domain/configuration/modulePath';
import { HumanError, toError } from '../../domain/errors';
import { RUN_FILE } from '../../domain/run/layout';
import type { ModulesFile, RecordedModule } from '../../domain/run/modules';
import { collectModule } from '../../formats/modules/collect';

/** The default export of each module, by key. */
export type OwnModules = Readonly<Partial<Record<ModuleKey, OwnModule>>>;

export interface OwnModule {
  /** The exported function; what it takes and returns is checked where it is called. */
  readonly create: (given: unknown) => unknown;
  /** Where the user keeps it, for sentences. */
  readonly source: string;
  /** Path of the copy that was loaded. */
  readonly path: string;
  readonly hash: string;
}

/** Loads every module of a run. Throws HumanError that names the module. */
export async function loadOwnModules(runFolder: string): Promise<OwnModules> {
  const path = join(runFolder, RUN_FILE.modules);
  if (!existsSync(path)) return {};
  const { modules } = JSON.parse(readFileSync(path, 'utf8')) as ModulesFile;
  const loaded = await Promise.all(
    modules.map(async (module) => [module.key, await load(runFolder, module)] as const),
  );
  return Object.fromEntries(loaded);
}

/** The module of a key. Throws HumanError where only a run can load it. */
export function requireModule(own: OwnModules, key: ModuleKey, source: string): OwnModule {
  const module = own[key];
  if (module !== undefined) return module;
  throw new HumanError(`${source} is a module of your own, which only a run loads: start a run with it.`);
}

async function load(runFolder: string, { key, source, entry, hash }: RecordedModule): Promise<OwnModule> {
  const path = join(runFolder, ...entry.split('/'));
  if ((await collectModule(path)).hash !== hash)
    throw new HumanError(
      `The copy of ${source} in ${dirname(path)} has changed since the run was started: start a new run.`,
    );
  return { create: await importFunction(path, key, source), source, path, hash };
}

/**
 * The function that a module exports by default. A module is loaded once a process, whoever asks.
 * @param source where the user keeps it
 * @throws HumanError if it cannot be loaded, or exports no function
 */
export async function importFunction(
  path: string,
  key: ModuleKey,
  source = path,
): Promise<OwnModule['create']> {
  const module = await importModule(path, source);
  if (typeof module.default === 'function') return module.default as OwnModule['create'];
  throw new HumanError(`${source} has no function as its default export: ${key} needs one.`);
}

async function importModule(path: string, source: string): Promise<{ readonly default?: unknown }> {
  try {
    return (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
  } catch (thrown) {
    throw new HumanError(`${source} could not be loaded: ${toError(thrown).message}`, { cause: thrown });
  }
}
