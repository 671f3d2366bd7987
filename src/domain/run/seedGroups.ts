/** Which of some runs differ in the seed alone: those are repetitions of one experiment, drawn as a mean with its spread. */
import type { Parameters } from './parameters';

/** A run as far as grouping goes. */
export interface Seeded {
  readonly folder: string;
  readonly name: string;
  /** What the run belongs to, for example its sweep. */
  readonly group: string;
  readonly seed: number | null;
  readonly parameters: Parameters;
}

/** Runs of one experiment. */
export interface SeedGroup {
  /** The same for the same settings, whichever runs are there. */
  readonly key: string;
  readonly name: string;
  readonly folders: readonly string[];
}

/** Settings that may differ between repetitions. */
const FREE = new Set(['name', 'seed', 'engine', 'threads', 'device', 'baseline', 'captureCode']);

/** The groups of two or more runs with seeds of their own, in the order of their first runs. */
export function seedGroupsOf(runs: readonly Seeded[]): SeedGroup[] {
  const byKey = new Map<string, Seeded[]>();
  for (const run of runs) {
    if (run.seed === null) continue;
    const key = keyOf(run);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  return [...byKey].flatMap(([key, members]) => {
    const seeds = new Set(members.map(({ seed }) => seed));
    if (members.length < 2 || seeds.size < members.length) return [];
    return [{ key, name: commonName(members), folders: members.map(({ folder }) => folder) }];
  });
}

function keyOf({ group, parameters }: Seeded): string {
  const settings = Object.entries(parameters).filter(([path]) => !FREE.has(path.split('.')[0] ?? ''));
  return JSON.stringify([group, settings.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** What the names begin with, without the tail that tells seeds apart. */
function commonName(members: readonly Seeded[]): string {
  const [first = '', ...others] = members.map(({ name }) => name);
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  const stem = first.slice(0, length).replace(/[-_ .(]*(seed|s)?[-_ .=]*$/i, '');
  return stem === '' ? first : stem;
}
