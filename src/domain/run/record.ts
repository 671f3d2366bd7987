/**
 * A run as tables, trees and comparisons need it: its summary, every setting of its configuration by dotted key,
 * and its final figures by name. All of it is small, so a thousand records fit into one index.
 */
import type { JsonObject } from '../configuration/override';
import { isObject } from '../configuration/override';
import { METRICS } from './metrics';
import type { Results } from './results';
import type { RunSummary } from './state';

/** The value of one setting; a list is its JSON text. */
export type SettingValue = string | number | boolean | null;

/** Settings by dotted key, for example `loss.temperature`. */
export type Settings = Readonly<Record<string, SettingValue>>;

/** Final figures by the name of their metric (src/domain/run/metrics.ts); a figure that a run lacks is absent. */
export type Figures = Readonly<Partial<Record<string, number>>>;

/** What lists know of one run. */
export interface RunRecord {
  readonly summary: RunSummary;
  readonly settings: Settings;
  readonly figures: Figures;
}

/** Keys that describe the file rather than the run. */
const FILE_KEYS: readonly string[] = ['formatVersion', '$schema'];

/** The settings of a configuration, nested objects under dotted keys, in the order of the file. */
export function flattenSettings(configuration: JsonObject): Settings {
  return Object.fromEntries(
    Object.entries(configuration)
      .filter(([key]) => !FILE_KEYS.includes(key))
      .flatMap(([key, value]) => flatten(key, value)),
  );
}

/** The figures of results.json that are finite, by the names of their metrics. */
export function figuresOf(results: Results): Figures {
  return Object.fromEntries(
    METRICS.flatMap(({ name, of }) => {
      const value = of(results);
      return typeof value === 'number' && Number.isFinite(value) ? [[name, value]] : [];
    }),
  );
}

function flatten(key: string, value: unknown): [string, SettingValue][] {
  if (isObject(value))
    return Object.entries(value).flatMap(([inner, one]) => flatten(`${key}.${inner}`, one));
  return [[key, plain(value)]];
}

function plain(value: unknown): SettingValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}
