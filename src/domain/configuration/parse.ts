/** From anything that was read to a complete configuration, or to one sentence about the first mistake. */
import * as v from 'valibot';
import { distance } from 'fastest-levenshtein';
import { HumanError } from '../errors';
import type { CommandConfiguration } from './command/schema';
import { commandConfigurationSchema } from './command/schema';
import { isObject } from './json';
import { FORMAT_VERSION } from '../run/layout';
import { RULES } from './rules/rules';
import type { Configuration } from './schema';
import { configurationSchema } from './schema';

/** What a `*.supcon.json` file may be: a training of ours, or any command. */
export type AnyConfiguration =
  | { readonly kind: 'training'; readonly configuration: Configuration }
  | { readonly kind: 'command'; readonly configuration: CommandConfiguration };

type AnySchema = typeof configurationSchema | typeof commandConfigurationSchema;

/**
 * Parses either kind of configuration and fills in every default; a `command` section makes it a command.
 * @param source what the sentence names, for example the file's path
 * @throws HumanError naming the key, what is wrong with it, and what to write
 */
export function parseAnyConfiguration(input: unknown, source: string): AnyConfiguration {
  return hasCommand(input)
    ? { kind: 'command', configuration: parseCommandConfiguration(input, source) }
    : { kind: 'training', configuration: parseConfiguration(input, source) };
}

/** Parses the configuration of a training; see parseAnyConfiguration. Throws HumanError for a command too. */
export function parseConfiguration(input: unknown, source: string): Configuration {
  if (hasCommand(input))
    throw new HumanError(`${source} has a "command" section: it runs as a command, which this cannot do.`);
  return checkTogether(parseWith(configurationSchema, input, source), source);
}

/** Parses the configuration of a command; see parseAnyConfiguration. */
export function parseCommandConfiguration(input: unknown, source: string): CommandConfiguration {
  const stray = Object.keys(isObject(input) ? input : {}).find(
    (key) => key in configurationSchema.entries && !(key in commandConfigurationSchema.entries),
  );
  if (stray !== undefined)
    throw new HumanError(
      `${source}: "${stray}" is read by a training of ours alone, and there is a "command" section: remove one of the two.`,
    );
  return parseWith(commandConfigurationSchema, input, source);
}

/** Whether what was read asks for a command. */
export function hasCommand(input: unknown): boolean {
  return isObject(input) && 'command' in input;
}

/** Every key path of the configuration, for example `stage1.epochs`, groups included. */
export function keyPaths(kind: AnyConfiguration['kind'] = 'training'): string[] {
  return keyPathsOf(kind === 'training' ? configurationSchema : commandConfigurationSchema);
}

/** The known key path nearest to a misspelt one. */
export function nearestKey(path: string, kind: AnyConfiguration['kind'] = 'training'): string {
  return nearestOf(keyPaths(kind), path);
}

function parseWith<Schema extends AnySchema>(
  schema: Schema,
  input: unknown,
  source: string,
): v.InferOutput<Schema> {
  refuseNewerVersion(input, source);
  refuseLists(schema, input, source);
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return result.output;
  throw new HumanError(describe(result.issues[0], keyPathsOf(schema), source));
}

function keyPathsOf(schema: AnySchema): string[] {
  return Object.entries(schema.entries).flatMap(([key, child]) => [
    key,
    ...childKeys(child).map((name) => `${key}.${name}`),
  ]);
}

function nearestOf(known: readonly string[], path: string): string {
  const leaf = path.slice(path.lastIndexOf('.') + 1);
  const score = (key: string) =>
    Math.min(distance(key, path), distance(key.slice(key.lastIndexOf('.') + 1), leaf) + 0.5);
  return known.reduce((best, key) => (score(key) < score(best) ? key : best));
}

function refuseNewerVersion(input: unknown, source: string): void {
  const version = (input as { formatVersion?: unknown } | null)?.formatVersion;
  if (typeof version === 'number' && version > FORMAT_VERSION) {
    throw new HumanError(
      `${source} was written by a newer SupCon Lab (format ${version}): update the extension.`,
    );
  }
}

/** The schema library takes a list for an object; a person who wrote one meant braces. */
function refuseLists(schema: AnySchema, input: unknown, source: string): void {
  const places: [string, unknown][] = [['the configuration', input]];
  for (const [key, child] of Object.entries(schema.entries)) {
    if (childKeys(child).length > 0)
      places.push([`"${key}"`, (input as Record<string, unknown> | null)?.[key]]);
  }
  const wrong = places.find(([, value]) => Array.isArray(value));
  if (wrong !== undefined)
    throw new HumanError(`${source}: ${wrong[0]} must be an object in braces; it is a list.`);
}

/** Keys of a section, whether it may be left out or not. */
function childKeys(schema: unknown): string[] {
  const { wrapped, entries } = schema as { wrapped?: { entries?: object }; entries?: object };
  return Object.keys(entries ?? wrapped?.entries ?? {});
}

function describe(issue: v.BaseIssue<unknown>, known: readonly string[], source: string): string {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `${source}: unknown key "${path}"; the nearest known key is "${nearestOf(known, path)}".`;
  }
  // A key without a default: the library gives such an issue the words of the section around it.
  if (issue.type === 'strict_object' && issue.input === undefined)
    return `${source}: "${path}" must be given.`;
  const found = JSON.stringify(issue.input) as string | undefined;
  return `${source}: ${path === '' ? 'the configuration' : `"${path}"`} ${issue.message}; it is ${shorten(found ?? 'missing')}.`;
}

function shorten(found: string): string {
  return found.length > 60 ? `${found.slice(0, 57)}...` : found;
}

function checkTogether(configuration: Configuration, source: string): Configuration {
  for (const rule of RULES) {
    const wrong = rule(configuration);
    if (wrong !== undefined) throw new HumanError(`${source}: ${wrong}`);
  }
  return configuration;
}
