/**
 * Log files read from their beginnings into columns, in whatever thread this runs: what a cache holds of a run, but in
 * memory, so that whoever follows the run goes on from there as from a cache.
 */
import type { SeriesColumns } from '../../../domain/series/growingSeries';
import type { Parameters } from '../../../formats/events/sink';
import { FollowedLog } from '../../logs/followedLog';
import type { RunLog } from '../../logs/logPlace';
import type { TagOwners } from '../../logs/tagNames';
import type { CachedFacts } from '../cache/columnCache';
import { cachedFacts } from '../cache/facts';
import { LogSink } from '../store/logSink';
import { RunStore } from '../store/runStore';

/** Everything that the files of a run say. */
export interface ReadRun extends CachedFacts {
  readonly parameters: Parameters;
  /** Seconds since 1970; null before there is a point that tells. */
  readonly firstWallTime: number | null;
  /** Tags that were recorded together share their columns of steps and wall times. */
  readonly series: readonly (readonly [tag: string, columns: SeriesColumns])[];
}

/** Reads the logs of one run in this order; undefined where one of them needs a second look. */
export async function readLogs(logs: readonly RunLog[]): Promise<ReadRun | undefined> {
  const store = new RunStore();
  const owners: TagOwners = new Map();
  const read: FollowedLog[] = [];
  for (const log of logs) {
    const followed = new FollowedLog({
      log,
      sink: new LogSink({ log, store, owners }),
      onRead: () => undefined,
    });
    await followed.catchUp();
    if (followed.isStale || followed.isMissing || followed.problem !== null) return undefined;
    read.push(followed);
  }
  const facts = cachedFacts({ logs: read }, owners);
  return facts && { ...facts, ...contentOf(store) };
}

/** The memory of all columns, to be given away with them. */
export function memoryOf({ series }: ReadRun): ArrayBuffer[] {
  const buffers = series.flatMap(([, { steps, wallTimes, values }]) => [steps, wallTimes, values]);
  return [...new Set(buffers.map(({ buffer }) => buffer))].filter((buffer) => buffer instanceof ArrayBuffer);
}

function contentOf(store: RunStore): Omit<ReadRun, keyof CachedFacts> {
  store.trim();
  return {
    parameters: store.parameters,
    firstWallTime: Number.isFinite(store.firstWallTime) ? store.firstWallTime : null,
    series: store.tags.map((tag) => [tag, store.seriesOf(tag).columns()]),
  };
}
