/** In which settings runs differ: what can explain a difference in their figures. */
import type { Settings } from './record';

/** Settings that name a run and say nothing of what it does. */
const NAMES: ReadonlySet<string> = new Set(['name', 'group', 'preset']);

/** The keys whose values differ between some of the runs, or that some lack, in alphabetical order. */
export function varyingSettings(runs: readonly Settings[]): string[] {
  const keys = new Set(runs.flatMap((run) => Object.keys(run)));
  return [...keys].filter((key) => !NAMES.has(key) && new Set(runs.map((run) => run[key])).size > 1).sort();
}
