/**
 * Reading the small files of a run folder. A missing file is undefined; a file of a newer version, and one
 * that is damaged, is a sentence about that run alone. Fields that this version does not know are ignored.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { HumanError } from '../../domain/errors';
import { FORMAT_VERSION, RUN_FILE } from '../../domain/run/layout';
import type { ExitFile, RunFile, StateFile, UserFile } from '../../domain/run/state';
import { exitFileSchema, runFileSchema, stateFileSchema, userFileSchema } from '../../protocol/run';
import { parseJsonLine } from '../lines';
import { errorCode, fileError } from './fileError';

/** What of config.json a list needs; the trainer reads the rest. */
const configOutlineSchema = v.object({
  formatVersion: v.number(),
  name: v.fallback(v.string(), ''),
  loss: v.fallback(v.object({ name: v.string() }), { name: 'unknown' }),
  group: v.fallback(v.string(), ''),
  seed: v.fallback(v.nullable(v.number()), null),
  /** There is a command in place of a trainer of ours. */
  command: v.optional(v.unknown()),
});
export type ConfigOutline = v.InferOutput<typeof configOutlineSchema>;

/** run.json. Throws HumanError if it is newer or damaged; so do all readers here. */
export function readRunFile(folder: string): Promise<RunFile | undefined> {
  return readSmallFile(join(folder, RUN_FILE.run), runFileSchema);
}

/** state.json. */
export function readStateFile(folder: string): Promise<StateFile | undefined> {
  return readSmallFile(join(folder, RUN_FILE.state), stateFileSchema);
}

/** exit.json. */
export function readExitFile(folder: string): Promise<ExitFile | undefined> {
  return readSmallFile(join(folder, RUN_FILE.exit), exitFileSchema);
}

/** user.json. */
export function readUserFile(folder: string): Promise<UserFile | undefined> {
  return readSmallFile(join(folder, RUN_FILE.user), userFileSchema);
}

/** Name, loss, group, seed and kind out of config.json. */
export function readConfigOutline(folder: string): Promise<ConfigOutline | undefined> {
  return readSmallFile(join(folder, RUN_FILE.config), configOutlineSchema);
}

/** The values of a small file's text. `path` is named in errors. */
export function parseSmallFile<T extends { formatVersion: number }>(
  text: string,
  path: string,
  schema: v.GenericSchema<unknown, T>,
): T {
  const value = parseJsonLine(text);
  refuseNewer(value, path);
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new HumanError(
    `${path} is damaged (${result.issues[0].message}): restore the file or delete the run.`,
  );
}

/** A small file, undefined if there is none. Throws HumanError if it is newer or damaged. */
export async function readSmallFile<T extends { formatVersion: number }>(
  path: string,
  schema: v.GenericSchema<unknown, T>,
): Promise<T | undefined> {
  const text = await readTextIfThere(path);
  return text === undefined ? undefined : parseSmallFile(text, path, schema);
}

/** The text of a file, undefined if there is none. */
export async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw fileError(`Cannot read ${path}`, error);
  }
}

function refuseNewer(value: unknown, path: string): void {
  const version = (value as { formatVersion?: unknown } | null | undefined)?.formatVersion;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new HumanError(
      `${path} was written by a newer SupCon Lab (format ${version}): update SupCon Lab to read this run.`,
    );
  }
}
