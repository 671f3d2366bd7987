/** One run as the table has it: the summary of every list, and its settings, figures and recorded series as flat names. */
import type { RunSummary } from '../run/state';

/** A leaf of the configuration; lists are their JSON text. */
export type Setting = string | number | boolean | null;

/** A recorded scalar: its last value, and the ends of its range over finite values. */
export interface TagFigures {
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** What a row is made of. A name that a run lacks is absent. */
export interface RunRow {
  readonly summary: RunSummary;
  /** By dotted path, for example `loss.temperature`. */
  readonly settings: Readonly<Record<string, Setting>>;
  /** Final figures by the name of the metric (src/domain/run/metrics.ts). */
  readonly figures: Readonly<Record<string, number>>;
  /** Recorded scalars by tag. */
  readonly tags: Readonly<Record<string, TagFigures>>;
  /** Equal for runs that differ in the seed alone; null where that cannot be said. */
  readonly seedGroup: string | null;
}

/** What a cell holds; undefined where the run has nothing. */
export type Value = string | number | boolean | undefined;

/** The leaves of a configuration by dotted path; a list is its JSON text. */
export function flattenSettings(configuration: unknown): Record<string, Setting> {
  return Object.fromEntries(leaves(configuration, ''));
}

function leaves(value: unknown, path: string): [string, Setting][] {
  if (Array.isArray(value)) return path === '' ? [] : [[path, JSON.stringify(value)]];
  if (typeof value === 'object' && value !== null) {
    const below = Object.entries(value);
    return below.flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`));
  }
  return path !== '' && isSetting(value) ? [[path, value]] : [];
}

function isSetting(value: unknown): value is Setting {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
