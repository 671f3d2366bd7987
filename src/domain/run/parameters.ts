/** The settings of a run as one flat list of dotted paths, for comparing runs that different tools have written. */

/** A setting. Lists are written as text. */
export type ParameterValue = string | number | boolean | null;
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** Settings that name a run and say nothing of what it does. */
const NAMES = new Set(['name', 'group', 'formatVersion', '$schema', 'preset']);

/** Deeper nesting than any configuration has: what lies below is written as text. */
const DEEPEST = 8;

/** The flat form of a configuration; anything but an object has no settings. */
export function parametersOf(configuration: unknown): Parameters {
  const flat: Record<string, ParameterValue> = {};
  if (typeof configuration === 'object' && configuration !== null) collect(configuration, '', flat);
  return flat;
}

/** The paths whose values differ between some of the runs, or that some lack; names of runs do not count. */
export function varyingPaths(runs: readonly Parameters[]): string[] {
  const paths = new Set(runs.flatMap((run) => Object.keys(run)));
  return [...paths]
    .filter((path) => !NAMES.has(path) && new Set(runs.map((run) => run[path])).size > 1)
    .sort();
}

function collect(value: object, prefix: string, into: Record<string, ParameterValue>): void {
  for (const [key, child] of Object.entries(value) as [string, unknown][]) {
    const path = prefix === '' ? key : `${prefix}.${key}`;
    const isBranch = typeof child === 'object' && child !== null && !Array.isArray(child);
    if (isBranch && path.split('.').length < DEEPEST) collect(child, path, into);
    else into[path] = isPlain(child) ? child : JSON.stringify(child);
  }
}

function isPlain(value: unknown): value is ParameterValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
