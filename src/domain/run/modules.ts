/**
 * modules.json: the user's own modules that a run is made of, copied into its folder when it was started. A run folder
 * may come from anybody, so its schema lets no entry leave the folder and no name reach a terminal with a command in it.
 */
import * as v from 'valibot';
import type { ModuleKey } from '../configuration/modulePath';
import { MODULE_KEYS } from '../configuration/modulePath';
import { HumanError } from '../errors';
import { FORMAT_VERSION, RUN_FILE } from './layout';

export interface RecordedModule {
  readonly key: ModuleKey;
  /** Where it was read from. */
  readonly source: string;
  /** Path of its copy below the run folder, with forward slashes. */
  readonly entry: string;
  /** SHA-256 over the names and contents of its files. */
  readonly hash: string;
}

export interface ModulesFile {
  readonly formatVersion: number;
  readonly modules: readonly RecordedModule[];
}

/** Text without control characters. */
const shown = v.pipe(v.string(), v.regex(/^\P{Cc}+$/u, 'a name has control characters'));

const recordedModule = v.pipe(
  v.object({ key: v.picklist(MODULE_KEYS), source: shown, entry: shown, hash: v.string() }),
  v.check(({ key, entry }) => isModuleCopy(entry, key), 'an entry leaves its folder'),
);

const modulesFile = v.object({
  formatVersion: v.pipe(v.number(), v.maxValue(FORMAT_VERSION, 'a newer version wrote it')),
  modules: v.array(recordedModule),
}) satisfies v.GenericSchema<unknown, ModulesFile>;

/** The file's values. `path` is named in the HumanError that says what is wrong with them. */
export function parseModulesFile(value: unknown, path: string): ModulesFile {
  const result = v.safeParse(modulesFile, value);
  if (result.success) return result.output;
  throw new HumanError(
    `${path} cannot be used (${result.issues[0].message}): restore it, or start a new run with the modules.`,
  );
}

/** Whether a path below a run folder, with forward slashes, lies among the copies: of one key, if it is named. */
export function isModuleCopy(path: string, key?: ModuleKey): boolean {
  const folder = key === undefined ? `${RUN_FILE.moduleCopies}/` : `${RUN_FILE.moduleCopies}/${key}/`;
  const parts = path.slice(folder.length).split('/');
  return path.startsWith(folder) && !path.includes('\\') && !parts.some((part) => /^\.{0,2}$/.test(part));
}
