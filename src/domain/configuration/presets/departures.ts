/**
 * How a run departs from the preset that it was started from. Keys that say where a run is computed and what is kept
 * of it are no departures: they do not change what is trained.
 */
import { isObject } from '../override';
import { parseConfiguration } from '../parse';
import type { Configuration } from '../schema';
import { presetNamed } from './presets';

export interface Departure {
  /** Path of the key, for example `stage1.epochs`. */
  readonly key: string;
  readonly preset: unknown;
  readonly own: unknown;
}

/** Keys and groups of keys that do not change what is trained. */
const IRRELEVANT: readonly string[] = [
  '$schema',
  'formatVersion',
  'name',
  'preset',
  'seed',
  'engine',
  'device',
  'threads',
  'dataset.path',
  'checkpoints',
  'loader',
  'alerts',
  'baseline',
  'captureCode',
];

/** What differs, in the order of the configuration; nothing where it names no preset, or one that is gone. */
export function departures(configuration: Configuration): Departure[] {
  const preset = presetOf(configuration);
  if (preset === undefined) return [];
  const planned = new Map(leaves(preset));
  return leaves(configuration)
    .map(([key, own]) => ({ key, preset: planned.get(key), own }))
    .filter(({ preset: wanted, own }) => JSON.stringify(wanted) !== JSON.stringify(own));
}

/** One line, for example `It departs from the preset x: stage1.epochs 5 (1000).`, or undefined. */
export function describeDepartures(
  { preset }: Configuration,
  found: readonly Departure[],
): string | undefined {
  if (found.length === 0) return undefined;
  const list = found.map(({ key, preset: wanted, own }) => `${key} ${shown(own)} (${shown(wanted)})`);
  return `It departs from the preset ${preset}, whose values are in brackets: ${list.join(', ')}.`;
}

/** The complete configuration of the preset that a configuration names, or undefined. */
export function presetOf(configuration: Pick<Configuration, 'preset'>): Configuration | undefined {
  const preset = presetNamed(configuration.preset);
  return preset && parseConfiguration(preset.configuration, `preset ${preset.name}`);
}

function leaves(configuration: Configuration): [string, unknown][] {
  return Object.entries(configuration)
    .filter(([key]) => !IRRELEVANT.includes(key))
    .flatMap(([key, value]): [string, unknown][] =>
      isObject(value)
        ? Object.entries(value).map(([child, own]) => [`${key}.${child}`, own])
        : [[key, value]],
    )
    .filter(([key]) => !IRRELEVANT.includes(key));
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
