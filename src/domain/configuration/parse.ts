/** From anything that was read to a complete configuration, or to one sentence about the first mistake. */
import * as v from 'valibot';
import { distance } from 'fastest-levenshtein';
import { HumanError } from '../errors';
import { FORMAT_VERSION } from '../run/layout';
import { RULES } from './rules/rules';
import type { Configuration } from './schema';
import { configurationSchema } from './schema';

/**
 * Parses a configuration and fills in every default.
 * @param source what the sentence names, for example the file's path
 * @throws HumanError naming the key, what is wrong with it, and what to write
 */
export function parseConfiguration(input: unknown, source: string): Configuration {
  refuseNewerVersion(input, source);
  refuseLists(input, source);
  const result = v.safeParse(configurationSchema, input, { abortEarly: true });
  if (!result.success) throw new HumanError(describe(result.issues[0], source));
  return checkTogether(result.output, source);
}

/** Every key path of the configuration, for example `stage1.epochs`, groups included. */
export function keyPaths(): string[] {
  return Object.entries(configurationSchema.entries).flatMap(([key, schema]) => [
    key,
    ...childKeys(schema).map((child) => `${key}.${child}`),
  ]);
}

/** The known key path nearest to a misspelt one. */
export function nearestKey(path: string): string {
  const leaf = path.slice(path.lastIndexOf('.') + 1);
  const score = (known: string) =>
    Math.min(distance(known, path), distance(known.slice(known.lastIndexOf('.') + 1), leaf) + 0.5);
  return keyPaths().reduce((best, known) => (score(known) < score(best) ? known : best));
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
function refuseLists(input: unknown, source: string): void {
  const places: [string, unknown][] = [['the configuration', input]];
  for (const [key, schema] of Object.entries(configurationSchema.entries)) {
    if (childKeys(schema).length > 0)
      places.push([`"${key}"`, (input as Record<string, unknown> | null)?.[key]]);
  }
  const wrong = places.find(([, value]) => Array.isArray(value));
  if (wrong !== undefined)
    throw new HumanError(`${source}: ${wrong[0]} must be an object in braces; it is a list.`);
}

function childKeys(schema: unknown): string[] {
  const wrapped = (schema as { wrapped?: { entries?: object } }).wrapped;
  return Object.keys(wrapped?.entries ?? {});
}

function describe(issue: v.BaseIssue<unknown>, source: string): string {
  const path = v.getDotPath(issue) ?? '';
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    return `${source}: unknown key "${path}"; the nearest known key is "${nearestKey(path)}".`;
  }
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
