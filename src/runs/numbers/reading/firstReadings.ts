/**
 * The first readings of runs: one after the other in the thread that follows them and, while several wait, in others
 * beside it, because a hundred runs opened at once are more than one core reads in the time that people wait.
 */
import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import { toError } from '../../../domain/errors';
import type { Disposable } from '../../disposable';
import type { FollowedRun } from '../followedRun';
import { createReader, type LogReader } from './reader';

/** What is read sooner than this is read before a thread has started and warmed up. */
const PATIENCE_MS = 1000;
/** More would take the processor from the training that people look at. */
const MOST_THREADS = Math.min(4, availableParallelism());

export interface FirstReadingsOptions {
  /** `dist/log-reader.js`; null to read in this thread only. */
  readonly readerPath: string | null;
  /** The run to read, or to wait for, next; undefined when all are read. */
  readonly next: () => FollowedRun | undefined;
  /** How many runs nobody has begun to read. */
  readonly waiting: () => number;
  /** A run has been read, or cannot be. */
  readonly onRead: () => void;
  /** None is left for now. */
  readonly onDone: () => void;
}

/** Reads every run that waits. */
export class FirstReadings implements Disposable {
  /** Runs being read at the moment, by who reads them: undefined is this thread. */
  private readonly busy = new Set<LogReader | undefined>();
  private patience: NodeJS.Timeout | undefined;
  private isDisposed = false;

  constructor(private readonly options: FirstReadingsOptions) {}

  get isReading(): boolean {
    return this.busy.size > 0;
  }

  /** Begins if nothing is being read; there may be more to read now. Never throws. */
  begin(): void {
    if (!this.busy.has(undefined)) void this.readAllBy(undefined);
    this.patience ??= setTimeout(() => this.takeMoreThreads(), PATIENCE_MS);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.patience);
    for (const reader of this.busy) reader?.dispose();
  }

  private takeMoreThreads(): void {
    const { readerPath, waiting } = this.options;
    this.patience = undefined;
    if (readerPath === null || this.isDisposed) return;
    const threads = Math.min(MOST_THREADS, this.busy.size + waiting());
    while (this.busy.size < threads) void this.readAllBy(createReader(readerPath));
  }

  private async readAllBy(reader: LogReader | undefined): Promise<void> {
    this.busy.add(reader);
    for (let run = this.next(); run !== undefined; run = this.next()) {
      const reading = run;
      await reading.readFirst(reader).catch((error: unknown) => reading.fail(toError(error)));
      this.options.onRead();
      await turn();
    }
    reader?.dispose();
    this.busy.delete(reader);
    if (!this.isReading) this.options.onDone();
  }

  private next(): FollowedRun | undefined {
    return this.isDisposed ? undefined : this.options.next();
  }
}
