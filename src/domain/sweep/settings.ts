/** The runs of a sweep by setting: runs that differ in the seed alone are one row, with mean and spread. */
import type { Estimate } from '../statistics/interval';
import { estimateMean } from '../statistics/interval';
import { labelOf } from './expand';
import type { Changes } from './expand';

/** Runs of one setting. */
export interface Setting<Run> {
  readonly label: string;
  readonly changes: Changes;
  readonly runs: readonly Run[];
}

/** Groups runs by their changes, in the order of their first appearance. */
export function groupBySetting<Run extends { readonly changes: Changes }>(
  runs: readonly Run[],
): Setting<Run>[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = JSON.stringify(run.changes);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((members) => {
    const { changes } = members[0];
    return { label: labelOf(changes), changes, runs: members };
  });
}

/** Mean and interval over the runs that have the figure; undefined if none has. */
export function estimateOver<Run>(
  runs: readonly Run[],
  figure: (run: Run) => number | undefined,
): Estimate | undefined {
  const values = runs.map(figure).filter((value) => value !== undefined);
  return values.length === 0 ? undefined : estimateMean(values);
}
