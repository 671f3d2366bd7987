/** The text of configuration files that the extension writes, from presets and from earlier runs. */
import { isAbsolute, relative, sep } from 'node:path';
import type { JsonObject } from '../../domain/configuration/override';
import { isObject, mergeConfigurations } from '../../domain/configuration/override';
import { hasCommand } from '../../domain/configuration/parse';
import type { ModulePath } from '../../domain/configuration/modulePath';
import type { Preset } from '../../domain/configuration/presets/preset';
import { configurationOf } from '../../domain/configuration/presets/presets';
import type { Configuration } from '../../domain/configuration/schema';
import { CONFIGURATION_SUFFIX } from '../constants';

/** Where the samples come from. */
export interface DatasetChoice {
  readonly kind: Exclude<Configuration['dataset']['kind'], ModulePath>;
  /** Absolute path of the folder, file or archive; empty for the generated set. */
  readonly path: string;
}

/** A preset as a file that can be committed; the data path is relative to the file where it lies below it. */
export function presetText(preset: Preset, dataset: DatasetChoice | undefined, folder: string): string {
  const changes = dataset
    ? { dataset: { kind: dataset.kind, path: portablePath(dataset.path, folder) } }
    : {};
  return toText(mergeConfigurations(configurationOf(preset), changes));
}

/** An earlier run's complete configuration as a file to change and start again. */
export function againText(config: JsonObject, name: string, folder: string): string {
  if (hasCommand(config)) return toText({ ...config, name });
  const dataset = isObject(config['dataset']) ? config['dataset'] : {};
  const path = typeof dataset['path'] === 'string' ? portablePath(dataset['path'], folder) : '';
  return toText(mergeConfigurations(config, { name, dataset: { ...dataset, path } }));
}

/** A file name made from a run's name, for example `fashion-mnist.supcon.json`. */
export function fileNameFor(name: string): string {
  const stem = name
    .normalize('NFKC')
    .replace(/[^\p{Letter}\p{Number}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${stem === '' ? 'run' : stem}${CONFIGURATION_SUFFIX}`;
}

/** The first of `name`, `name-2`, `name-3`, ... that is not taken. */
export async function freeName(
  name: string,
  isTaken: (candidate: string) => PromiseLike<boolean>,
): Promise<string> {
  if (!(await isTaken(name))) return name;
  const stem = name.slice(0, -CONFIGURATION_SUFFIX.length);
  for (let number = 2; ; number++) {
    const candidate = `${stem}-${number}${CONFIGURATION_SUFFIX}`;
    if (!(await isTaken(candidate))) return candidate;
  }
}

function portablePath(path: string, folder: string): string {
  if (path === '' || !isAbsolute(path)) return path;
  const below = relative(folder, path);
  const isBelow = below !== '' && !below.startsWith('..') && !isAbsolute(below);
  return isBelow ? below.split(sep).join('/') : path;
}

function toText(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
