/** The entries of a sweep together with the final figures of their runs. */
import { join } from 'node:path';
import type { Results } from '../domain/run/results';
import type { SweepSummary } from '../domain/sweep/files';
import { runsFolderOf } from '../runs/sweep/folder';
import { readResults } from './results';

export type MeasuredEntry = SweepSummary['entries'][number] & { readonly results: Results | undefined };

/** Reads results.json of every run that has one. */
export function withResults({ entries, folder }: SweepSummary): Promise<MeasuredEntry[]> {
  return Promise.all(
    entries.map(async (entry) => {
      const name = entry.run?.run ?? '';
      const results = name === '' ? undefined : await readResults(join(runsFolderOf(folder), name));
      return { ...entry, results };
    }),
  );
}
