/** What crosses between the numbers' worker and whoever made it. Both are of one build, so messages are types alone. */
import type { ChartAnswer, ChartQuery } from '../../domain/series/query';
import type { NumbersSource, ReadingProgress, RunNumbers } from './numbers';
import type { Announced } from '../logs/runLogs';

/** What the worker is started with. */
export interface WorkerSetup {
  /** Folder of the column caches; null for none. */
  readonly cacheFolder: string | null;
  readonly mostCacheBytes: number;
  /** `dist/log-reader.js`, for threads that read beside the worker; null to read in one thread. */
  readonly readerPath: string | null;
  /** Series beyond this go back to the disk, where they have a cache. */
  readonly mostMemoryBytes: number;
}

/** To the worker. */
export type NumbersRequest =
  | { readonly type: 'sources'; readonly sources: readonly NumbersSource[] }
  | { readonly type: 'ask'; readonly id: number; readonly query: ChartQuery }
  /** A standing question, or another one in its place: `version` goes up. */
  | { readonly type: 'watch'; readonly id: number; readonly version: number; readonly query: ChartQuery }
  /** The answer with this number has been taken. */
  | { readonly type: 'taken'; readonly id: number; readonly number: number }
  | { readonly type: 'unwatch'; readonly id: number }
  | ({ readonly type: 'offer'; readonly run: string } & Announced);

/** From the worker. */
export type NumbersReply =
  | { readonly type: 'answer'; readonly id: number; readonly answer: ChartAnswer }
  /** A sentence for people. */
  | { readonly type: 'refused'; readonly id: number; readonly sentence: string }
  | {
      readonly type: 'changes';
      readonly id: number;
      readonly version: number;
      /** Counts the answers of a watch from 1 on. */
      readonly number: number;
      readonly answer: ChartAnswer;
    }
  /** Runs that have changed, and the paths of those that are no longer followed. */
  | { readonly type: 'runs'; readonly changed: readonly RunNumbers[]; readonly gone: readonly string[] }
  | { readonly type: 'progress'; readonly progress: ReadingProgress };
