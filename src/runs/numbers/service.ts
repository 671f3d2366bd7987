/**
 * The numbers' worker without its thread: it follows the runs that it is told of, reads those first that somebody looks
 * at, and answers questions between two pieces of a file.
 */
import { resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { HumanError } from '../../domain/errors';
import { answerQuery } from '../../domain/series/answer';
import type { ChartAnswer, ChartQuery, Line } from '../../domain/series/query';
import type { Disposable } from '../disposable';
import { createThrottle } from '../throttle';
import { ColumnCache } from './cache/columnCache';
import { ChartWatchers } from './chartWatchers';
import { FollowedRun } from './followedRun';
import type { NumbersReply, NumbersRequest, WorkerSetup } from './messages';
import type { NumbersSource } from './numbers';
import { FirstReadings } from './reading/firstReadings';
import { SeriesMemory } from './seriesMemory';
import { memoryOf } from './transfer';

const RUNS_GAP_MS = 1000;
const PROGRESS_GAP_MS = 100;
/** How long a run must be left alone before its cache is written. */
const CACHE_GAP_MS = 3000;

/** Sends a reply; the memory is given away with it. */
export type Send = (reply: NumbersReply, memory: readonly ArrayBuffer[]) => void;

export interface NumbersService extends Disposable {
  take(request: NumbersRequest): void;
}

/** A service that follows no run yet. */
export function createNumbersService(setup: WorkerSetup, send: Send): NumbersService {
  return new Service(setup, send);
}

class Service implements NumbersService {
  private readonly runs = new Map<string, FollowedRun>();
  private readonly changed = new Set<string>();
  private readonly gone = new Set<string>();
  private readonly cache: ColumnCache | undefined;
  private readonly throttles = {
    runs: createThrottle({ action: () => this.sendRuns(), gapMs: RUNS_GAP_MS, onError: rethrow }),
    progress: createThrottle({ action: () => this.sendProgress(), gapMs: PROGRESS_GAP_MS, onError: rethrow }),
    caches: createThrottle({ action: () => this.keepAll(), gapMs: CACHE_GAP_MS, onError: rethrow }),
  };
  private readonly readings: FirstReadings;
  private readonly watchers: ChartWatchers;
  private readonly memory: SeriesMemory;
  private isDisposed = false;

  constructor(
    { cacheFolder, mostCacheBytes, mostMemoryBytes, readerPath }: WorkerSetup,
    private readonly send: Send,
  ) {
    this.cache = cacheFolder === null ? undefined : new ColumnCache(cacheFolder, mostCacheBytes);
    this.readings = new FirstReadings({
      readerPath,
      next: () => this.nextUnread(),
      waiting: () => this.waiting().length,
      onRead: () => this.memory.coolDown(),
      onDone: () => this.reportProgress(),
    });
    this.watchers = new ChartWatchers({ find: this.find, send, onError: rethrow });
    this.memory = new SeriesMemory(() => [...this.runs.values()], mostMemoryBytes);
  }

  take(request: NumbersRequest): void {
    switch (request.type) {
      case 'sources':
        this.setSources(request.sources);
        break;
      case 'ask':
        void this.answer(request);
        break;
      case 'watch':
        this.watchers.watch(request);
        break;
      case 'taken':
        this.watchers.take(request.id, request.number);
        break;
      case 'unwatch':
        this.watchers.unwatch(request.id);
        break;
      case 'offer':
        this.runs.get(request.run)?.offer(request);
    }
  }

  dispose(): void {
    this.isDisposed = true;
    for (const one of [...this.runs.values(), this.watchers]) one.dispose();
    for (const throttle of Object.values(this.throttles)) void throttle.dispose();
    this.readings.dispose();
  }

  private setSources(sources: readonly NumbersSource[]): void {
    const wanted = new Map(sources.map((source) => [source.run, source]));
    for (const run of [...this.runs.values()].filter((each) => isGone(each, wanted))) this.forget(run);
    for (const source of wanted.values()) {
      const known = this.runs.get(source.run);
      if (known === undefined) this.runs.set(source.run, this.follow(source));
      else known.setSource(source);
      this.gone.delete(source.run);
    }
    this.throttles.runs.soon();
    this.throttles.progress.soon();
    this.readings.begin();
  }

  private follow(source: NumbersSource): FollowedRun {
    const isOther = (folder: string): boolean =>
      [...this.runs.values()].some((run) => run.source.run !== source.run && owns(run, folder));
    const onChange = (run: FollowedRun): void => this.onChange(run);
    return new FollowedRun({ source, cache: this.cache, isOther, onChange });
  }

  private forget(run: FollowedRun): void {
    run.dispose();
    this.runs.delete(run.source.run);
    this.changed.delete(run.source.run);
    this.gone.add(run.source.run);
    this.watchers.wake(run.source.run);
  }

  private onChange(run: FollowedRun): void {
    this.changed.add(run.source.run);
    this.throttles.runs.soon();
    this.throttles.caches.soon();
    if (this.readings.isReading) this.throttles.progress.soon();
    this.watchers.wake(run.source.run);
  }

  /** First the runs that somebody looks at, then those that live, then the others, and last those being read. */
  private nextUnread(): FollowedRun | undefined {
    const waiting = this.waiting();
    const isShown = ({ source }: FollowedRun): boolean => this.watchers.concern(source.run);
    const next = waiting.find(isShown) ?? waiting.find(({ source }) => source.live) ?? waiting[0];
    return next ?? [...this.runs.values()].find(({ isRead }) => !isRead);
  }

  private waiting(): readonly FollowedRun[] {
    return [...this.runs.values()].filter(({ isBegun }) => !isBegun);
  }

  private async answer({ id, query }: Extract<NumbersRequest, { type: 'ask' }>): Promise<void> {
    try {
      const answer = await this.askedNow(query);
      this.send({ type: 'answer', id, answer }, memoryOf(answer));
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.send({ type: 'refused', id, sentence: error.message }, []);
    }
  }

  private async askedNow(query: ChartQuery): Promise<ChartAnswer> {
    const names = new Set([
      ...query.lines.map(({ run }) => run),
      ...query.groups.flatMap(({ runs }) => runs),
    ]);
    for (const name of names) {
      const run = this.runs.get(name);
      if (run === undefined)
        throw new HumanError(`${name} is not among the runs that are followed: add it first.`);
      await run.look({ find: false });
      if (run.failure !== null) throw new HumanError(run.failure);
    }
    return answerQuery(query, this.find);
  }

  private readonly find = ({ run, tag }: Line) => this.runs.get(run)?.line(tag);

  private sendRuns(): void {
    const changed = [...this.changed].flatMap((name) => this.runs.get(name)?.numbers() ?? []);
    this.send({ type: 'runs', changed, gone: [...this.gone] }, []);
    this.changed.clear();
    this.gone.clear();
  }

  private reportProgress(): void {
    this.throttles.progress.soon();
    this.throttles.caches.soon();
  }

  private sendProgress(): void {
    const runs = [...this.runs.values()];
    const sum = (of: (run: FollowedRun) => number): number => runs.reduce((total, run) => total + of(run), 0);
    const bytes = sum(({ logs }) => logs.bytes);
    const bytesRead = sum(({ logs }) => Math.min(logs.bytes, logs.bytesRead));
    const runsRead = sum(({ isRead }) => Number(isRead));
    this.send({ type: 'progress', progress: { runs: runs.length, runsRead, bytes, bytesRead } }, []);
  }

  private async keepAll(): Promise<void> {
    // Whoever waits for the first reading waits for nothing else; it asks again when it is done.
    if (this.readings.isReading && !this.memory.isHalfFull) return;
    for (const run of [...this.runs.values()]) {
      if (this.isDisposed) return;
      await run.keep();
      await turn();
    }
    this.memory.coolDown();
  }
}

function isGone({ source }: FollowedRun, wanted: ReadonlyMap<string, NumbersSource>): boolean {
  const now = wanted.get(source.run);
  return now === undefined || now.paths.join('\n') !== source.paths.join('\n');
}

function owns({ source }: FollowedRun, folder: string): boolean {
  return [source.run, ...source.paths].some((path) => resolve(path) === folder);
}

function rethrow(error: unknown): never {
  throw error;
}
