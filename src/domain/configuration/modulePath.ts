/**
 * A path in place of a name: a module of the user's own. It begins with `./`, `../`, `/` or a drive, so it can never
 * be mistaken for the name of something built in, and the compiler tells the two apart.
 */
import * as v from 'valibot';
import type { Configuration } from './schema';

export type ModulePath = `./${string}` | `../${string}` | `/${string}` | `${string}:${string}`;

/** True for a path to a module, false for the name of something built in. */
export function isModulePath(text: string): text is ModulePath {
  return /^(\.{0,2}\/|[A-Za-z]:[\\/])/.test(text);
}

/** One of a few names, or the path of a module. */
export function choiceOrModule<const Names extends readonly [string, ...string[]]>(
  names: Names,
  fallback: Names[number],
  description: string,
) {
  const sentence = `must be one of ${names.map((name) => `"${name}"`).join(', ')}, or the path of a module ("./my.mjs")`;
  const path = v.custom<ModulePath>((value) => typeof value === 'string' && isModulePath(value), sentence);
  return v.optional(
    v.pipe(v.union([v.picklist(names, sentence), path], sentence), v.description(description)),
    fallback,
  );
}

/** The keys that may hold the path of a module. */
export const MODULE_KEYS = ['dataset.kind', 'augmentation.policy', 'model.encoder', 'loss.name'] as const;
export type ModuleKey = (typeof MODULE_KEYS)[number];

/** The modules of a configuration by key. */
export function modulesOf(configuration: Configuration): { key: ModuleKey; path: ModulePath }[] {
  const { dataset, augmentation, model, loss } = configuration;
  const values: Readonly<Record<ModuleKey, string>> = {
    'dataset.kind': dataset.kind,
    'augmentation.policy': augmentation.policy,
    'model.encoder': model.encoder,
    'loss.name': loss.name,
  };
  return MODULE_KEYS.flatMap((key) => {
    const path = values[key];
    return isModulePath(path) ? [{ key, path }] : [];
  });
}
