/** All runs of a folder, as they come, change and go, whoever starts them. */
import type { RunRecord } from '../domain/run/record';
import type { RunSummary } from '../domain/run/state';
import type { Disposable } from './disposable';
import { createRunIndex } from './index/runIndex';
import { lookAgain } from './watch/lookAgain';

const BATCH_MS = 200;
const POLL_MS = 1000;

/**
 * Calls `onChange` with the records of all runs, newest first: once at the start, then whenever one of them changes.
 * A record that has not changed is the same object as before.
 */
export function watchRecords(
  runsFolder: string,
  onChange: (records: readonly RunRecord[]) => void,
): Disposable {
  const index = createRunIndex(runsFolder);
  let told: readonly RunRecord[] | undefined;
  let disposed = false;
  const look = async () => {
    const records = await index.read();
    const isNew = told === undefined || !areSame(told, records);
    told = records;
    if (isNew && !disposed) onChange(records);
    await index.save();
  };
  const looking = lookAgain(runsFolder, { look, gapMs: BATCH_MS, pollMs: POLL_MS });
  return {
    dispose: () => {
      disposed = true;
      looking.dispose();
    },
  };
}

/** As watchRecords, for whoever needs no more than the summaries. */
export function watchRuns(runsFolder: string, onChange: (runs: RunSummary[]) => void): Disposable {
  return watchRecords(runsFolder, (records) => onChange(records.map(({ summary }) => summary)));
}

function areSame(a: readonly RunRecord[], b: readonly RunRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i]);
}
