/**
 * Loads the user's own modules from their copies in the run folder. Their content is hashed again first: what runs
 * is what the user has agreed to, or nothing.
 */
import { pathToFileURL } from 'node:url';
import type { ModuleKey } from '../../domain/configuration/modulePath';
import { HumanError, toError } from '../../domain/errors';
import type { RecordedModule } from '../../domain/run/modules';
import { collectCopy, readRecordedModules } from '../../formats/modules/recorded';

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

/**
 * Loads every module of a run; that the user has agreed to them was seen to before. Throws HumanError that names the
 * module.
 */
export async function loadOwnModules(runFolder: string): Promise<OwnModules> {
  const modules = await readRecordedModules(runFolder);
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

async function load(runFolder: string, module: RecordedModule): Promise<OwnModule> {
  const { path, hash } = await collectCopy(runFolder, module);
  const { key, source } = module;
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
