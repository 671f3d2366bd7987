/** `--set path=value`: changes of single keys on the command line. */
import { HumanError } from '../errors';
import type { JsonObject } from './json';
import { isObject } from './json';
import type { AnyConfiguration } from './parse';
import { hasCommand, keyPaths, nearestKey } from './parse';

export type { JsonObject } from './json';
export { isObject } from './json';

/**
 * Returns a copy of a configuration with `path=value` applied. The value is read as JSON and, failing that,
 * as plain text.
 * @throws HumanError if the text has no `=` or the path is unknown
 */
export function applyOverride(configuration: JsonObject, assignment: string): JsonObject {
  const equals = assignment.indexOf('=');
  if (equals < 1)
    throw new HumanError(`--set ${assignment}: write it as path=value, for example --set seed=3.`);
  const path = assignment.slice(0, equals).trim();
  requireKnownPath(path, `--set ${assignment}`, hasCommand(configuration) ? 'command' : 'training');
  return assignKey(configuration, path, readValue(assignment.slice(equals + 1)));
}

/** Throws HumanError, naming the source and the nearest known key, if the configuration has no such key. */
export function requireKnownPath(
  path: string,
  source: string,
  kind: AnyConfiguration['kind'] = 'training',
): void {
  if (keyPaths(kind).includes(path)) return;
  throw new HumanError(
    `${source}: unknown key "${path}"; the nearest known key is "${nearestKey(path, kind)}".`,
  );
}

/** A copy with one key, for example `stage1.epochs`, set. */
export function assignKey(configuration: JsonObject, path: string, value: unknown): JsonObject {
  return setPath(configuration, path.split('.'), value);
}

/** Merges two configurations key by key; the second wins. */
export function mergeConfigurations(base: JsonObject, changes: JsonObject): JsonObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const old = merged[key];
    merged[key] = isObject(old) && isObject(value) ? mergeConfigurations(old, value) : value;
  }
  return merged;
}

function setPath(target: JsonObject, path: readonly string[], value: unknown): JsonObject {
  const [head = '', ...rest] = path;
  if (rest.length === 0) return { ...target, [head]: value };
  const child = target[head];
  return { ...target, [head]: setPath(isObject(child) ? child : {}, rest, value) };
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
