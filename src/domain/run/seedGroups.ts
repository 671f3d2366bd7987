/** Which of some runs in view repeat one experiment with other seeds: those are drawn as a mean with its spread. */
import type { Settings } from './record';
import { experimentName, seedGroupKey } from './seedGroup';
import type { RunSummary } from './state';

/** A run as far as grouping goes. */
export interface Seeded {
  readonly summary: RunSummary;
  readonly settings: Settings;
}

/** Two or more runs of one experiment. */
export interface SeedGroup {
  /** The same for the same settings, whichever runs are there. */
  readonly key: string;
  readonly name: string;
  readonly folders: readonly string[];
}

/** The groups of runs with seeds of their own, in the order of their first runs. */
export function seedGroupsOf(runs: readonly Seeded[]): SeedGroup[] {
  const byKey = new Map<string, RunSummary[]>();
  for (const { summary, settings } of runs) {
    if (summary.seed === null) continue;
    const key = seedGroupKey({ summary, settings, figures: {} });
    byKey.set(key, [...(byKey.get(key) ?? []), summary]);
  }
  return [...byKey].flatMap(([key, members]) => {
    const [first] = members;
    const seeds = new Set(members.map(({ seed }) => seed));
    if (members.length < 2 || seeds.size < members.length) return [];
    return [{ key, name: experimentName(first), folders: members.map(({ folder }) => folder) }];
  });
}
