/** One run that somebody looks at: its store, its files, its cache, and what tells of news. */
import type { LineSource } from '../../domain/series/answer';
import type { Disposable } from '../disposable';
import type { LogPlace } from '../logs/logPlace';
import { findLogPlace } from '../logs/logPlace';
import { OthersLoss } from '../logs/othersLoss';
import { RunLogs, type Announced } from '../logs/runLogs';
import type { TagOwners } from '../logs/tagNames';
import type { Looked } from '../watch/lookAgain';
import { DamagedCacheError } from './cache/cachedRun';
import type { CacheHeader } from './cache/cacheFormat';
import type { ColumnCache } from './cache/columnCache';
import { cachedFacts } from './cache/facts';
import { isStillThere } from './cache/identity';
import { RunCache } from './cache/runCache';
import type { NumbersSource, RunNumbers } from './numbers';
import type { LogReader } from './reading/reader';
import { RunNews } from './runNews';
import { LogSink } from './store/logSink';
import { RunStore } from './store/runStore';

/** Smaller runs are read faster than their cache is found. */
const SMALLEST_CACHED_BYTES = 64 * 1024;

export interface FollowedRunOptions {
  readonly source: NumbersSource;
  readonly cache: ColumnCache | undefined;
  readonly isOther: (folder: string) => boolean;
  /** The numbers of the run have changed. */
  readonly onChange: (run: FollowedRun) => void;
}

/** A run that is read and followed until disposed. */
export class FollowedRun implements Disposable {
  readonly store = new RunStore();
  readonly logs: RunLogs;
  private readonly loss: OthersLoss;
  /** Whether everything that was there at first has been read. */
  isRead = false;
  private defect: string | null = null;
  lastAsked = 0;
  source: NumbersSource;
  private owners: TagOwners = new Map();
  private readonly news: RunNews;
  private readonly cache: RunCache;
  private firstReading: Promise<void> | undefined;
  private isDisposed = false;
  private place: Promise<LogPlace> | undefined;

  constructor(private readonly options: FollowedRunOptions) {
    this.source = options.source;
    const { store } = this;
    this.cache = new RunCache(options.cache, this.source.run, store);
    this.logs = new RunLogs({
      place: () => this.findPlace(),
      sinkOf: (log) => new LogSink({ log, store, owners: this.owners }),
      onParameters: (values) => store.addParameters(values),
      onRestart: () => this.forget(),
      onRead: () => this.tell(),
    });
    this.news = new RunNews({
      run: this.source.run,
      isLive: () => this.source.live,
      look: (find) => this.lookForNews(find),
      onAppended: (announced) => this.offer(announced),
    });
    this.loss = new OthersLoss({
      folder: this.source.run,
      parameters: () => store.parameters,
      generation: () => store.generation,
      tags: () => store.tags,
      seriesOf: (tag) => (store.has(tag) ? store.seriesOf(tag) : undefined),
      scalar: (tag, step, wallTime, value) => store.add(tag, step, wallTime, value),
    });
  }

  /**
   * Finds the files and reads them, from the cache as far as it goes; the first call reads, later ones wait for it.
   * @param reader takes what is in no cache, else it is read here
   */
  readFirst(reader?: LogReader): Promise<void> {
    this.firstReading ??= this.readAtFirst(reader);
    return this.firstReading;
  }

  /** Whether somebody reads it for the first time, or has. */
  get isBegun(): boolean {
    return this.firstReading !== undefined;
  }

  /** What is new in the files known; `find` looks for new ones too. */
  async look({ find }: { find: boolean }): Promise<void> {
    const wasRead = this.isRead;
    await this.readFirst();
    if (!wasRead) return;
    if (find) {
      await this.logs.find();
      await this.news.connect();
    }
    await this.readOn();
  }

  offer(announced: Announced): void {
    if (this.logs.offer(this.source.run, announced) === 'gap') this.news.soon();
  }

  /** Follows the run as closely as its source says. */
  setSource(source: NumbersSource): void {
    const isLater = source.live !== this.source.live;
    this.source = source;
    this.news.heedLife();
    if (isLater) this.news.soon();
  }

  /** A tag as a chart draws it. A cache that turns out damaged is left, and the run is read from its own files. */
  line(tag: string): LineSource | undefined {
    this.lastAsked = performance.now();
    try {
      return this.store.lineSource(tag, this.source.viewsPerStep);
    } catch (error) {
      if (!(error instanceof DamagedCacheError)) throw error;
      void this.logs.readAgain();
      return undefined;
    }
  }

  /** Why the run cannot be read at all, as a sentence; or null. */
  get failure(): string | null {
    const { logs, source } = this;
    return logs.isNowhere
      ? `${source.paths.join(', ')}: there is nothing to read; check the path.`
      : this.defect;
  }

  fail(error: Error): void {
    this.isRead = true;
    this.defect = `${this.source.run} cannot be read: ${error.message}`;
  }

  numbers(): RunNumbers {
    const { store, logs, source } = this;
    return {
      run: source.run,
      tags: store.summaries(),
      parameters: store.parameters,
      skipped: logs.skipped,
      problems: this.failure === null ? [...logs.gone, ...logs.problems] : [this.failure],
    };
  }

  /** Writes the cache if it is behind; a living run would outgrow it at once. */
  async keep(): Promise<void> {
    if (this.source.live || !this.isRead || !this.cache.isBehind) return;
    if (this.logs.bytesRead < SMALLEST_CACHED_BYTES) return;
    const facts = cachedFacts(this.logs, this.owners);
    if (facts !== undefined) await this.cache.keep(facts);
  }

  /** Gives the memory of the series back, if they are on the disk as they are. */
  coolDown(): void {
    this.cache.coolDown();
  }

  dispose(): void {
    this.isDisposed = true;
    this.news.dispose();
  }

  private async readAtFirst(reader?: LogReader): Promise<void> {
    const cached = await this.cache.find();
    if (cached !== undefined) {
      this.goOnFrom(cached);
      this.cache.markUpToDate();
    } else if (reader !== undefined) await this.readBy(reader);
    await this.logs.find();
    await this.readOn();
    this.isRead = true;
    this.tell();
    if (!this.isDisposed) this.news.begin(this.looked(true));
  }

  /** Begins where a reader left off, unless a file has become another one meanwhile. */
  private async readBy(reader: LogReader): Promise<void> {
    const { logs } = await (await this.findPlace()).logs();
    const read = await reader.read(logs);
    if (read === undefined || this.isDisposed || !read.files.every(isStillThere)) return;
    this.store.adopt(read.series);
    this.goOnFrom(read);
    this.tell();
  }

  private goOnFrom(known: Pick<CacheHeader, 'files' | 'owners' | 'parameters' | 'firstWallTime'>): void {
    const { store } = this;
    this.owners = new Map(known.owners);
    store.parameters = known.parameters;
    store.firstWallTime = known.firstWallTime ?? Infinity;
    for (const { path, kind, prefix, state } of known.files) this.logs.follow({ path, kind, prefix }, state);
  }

  private async lookForNews(find: boolean): Promise<Looked> {
    const { version } = this.store;
    await this.look({ find });
    return this.looked(version !== this.store.version);
  }

  private looked(isBusy: boolean): Looked {
    return { folders: this.logs.folders, isBusy };
  }

  private async readOn(): Promise<void> {
    const { store } = this;
    await this.logs.catchUp();
    const { version } = store;
    const { kind } = await this.findPlace();
    if (kind !== 'training') await this.loss.update(kind);
    if (store.version !== version) this.tell();
  }

  private tell(): void {
    if (!this.isDisposed) this.options.onChange(this);
  }

  private forget(): void {
    this.owners.clear();
    this.store.clear();
  }

  /** Where the numbers are written; looked for once. */
  private findPlace(): Promise<LogPlace> {
    const { source, isOther } = this.options;
    this.place ??= findLogPlace(source.run, { paths: source.paths, isOther });
    return this.place;
  }
}
