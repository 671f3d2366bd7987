/**
 * One run that somebody looks at: its store, its files, its cache, and for a living one everything that tells of news
 * sooner than a look at the disk does.
 */
import type { LineSource } from '../../domain/series/answer';
import type { Disposable } from '../disposable';
import { summariseRun } from '../list';
import type { LogPlace } from '../logs/logPlace';
import { findLogPlace } from '../logs/logPlace';
import { watchFolder, type FolderWatcher } from '../watch/folderWatcher';
import { createLink, type Link } from '../watch/link';
import { DamagedCacheError } from './cache/cachedRun';
import type { ColumnCache } from './cache/columnCache';
import type { NumbersSource, RunNumbers } from './numbers';
import { OthersLoss } from './othersLoss';
import { RunLogs, type Announced } from './runLogs';
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
  private link: Link | undefined;
  private watchers: FolderWatcher[] = [];
  private cachedVersion = -1;
  private release: (() => void) | undefined;
  private firstReading: Promise<void> | undefined;
  private isDisposed = false;
  private place: Promise<LogPlace | undefined> | undefined;

  constructor(private readonly options: FollowedRunOptions) {
    const { source, isOther } = options;
    this.source = source;
    const { store } = this;
    const onChange = (): void => {
      if (!this.isDisposed) options.onChange(this);
    };
    const place = () => this.findPlace();
    this.logs = new RunLogs({ paths: source.paths, place, store, isOther, onChange });
    this.loss = new OthersLoss(source.run, store);
  }

  /** Finds the files and reads them, from the cache as far as it goes; the first call reads, later ones wait for it. */
  readFirst(): Promise<void> {
    this.firstReading ??= this.readAtFirst();
    return this.firstReading;
  }

  /** What is new in the files known; `find` looks for new ones too. */
  async look({ find }: { find: boolean }): Promise<void> {
    await this.readFirst();
    if (find) {
      await this.logs.find();
      await this.followLink();
    }
    await this.readOn();
  }

  offer(announced: Announced): void {
    if (this.logs.offer(this.source.run, announced) === 'gap') void this.look({ find: true });
  }

  /** Follows the run as closely as its source says. */
  setSource(source: NumbersSource): void {
    this.source = source;
    if (source.live && this.watchers.length === 0) this.watchFolders();
    if (!source.live) this.unwatch();
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
      problems: this.failure === null ? logs.problems : [this.failure],
    };
  }

  /** Writes the cache if it is behind; a living run would outgrow it at once. */
  async keep(): Promise<void> {
    const { cache } = this.options;
    const { version } = this.store;
    if (cache === undefined || this.source.live || !this.isRead || version === this.cachedVersion) return;
    if (this.logs.bytesRead < SMALLEST_CACHED_BYTES) return;
    const facts = this.logs.facts();
    if (facts === undefined) return;
    const kept = await cache.keep(this.source.run, this.store, facts).catch(() => undefined);
    this.cachedVersion = version;
    this.release = kept && (() => this.store.coolDown(kept.series));
  }

  /** Gives the memory of the series back, if they are on the disk as they are. */
  coolDown(): void {
    if (this.store.version !== this.cachedVersion) return;
    this.release?.();
  }

  dispose(): void {
    this.isDisposed = true;
    this.unwatch();
  }

  private async readAtFirst(): Promise<void> {
    const cached = await this.options.cache?.find(this.source.run);
    if (cached !== undefined) {
      this.logs.resume(cached);
      this.release = () => this.store.coolDown(cached.series);
      this.cachedVersion = this.store.version;
    }
    await this.logs.find();
    await this.readOn();
    this.isRead = true;
    if (!this.isDisposed) this.options.onChange(this);
    this.setSource(this.source);
  }

  private async readOn(): Promise<void> {
    const { store } = this;
    await this.logs.catchUp();
    const { version } = store;
    if ((await this.findPlace()) !== undefined) await this.loss.update();
    if (store.version !== version) this.options.onChange(this);
  }

  /** Where a program that is not ours writes the numbers; looked for once. */
  private findPlace(): Promise<LogPlace | undefined> {
    this.place ??= findLogPlace(this.source.run);
    return this.place;
  }

  private watchFolders(): void {
    const onChange = (): void => void this.look({ find: true });
    this.watchers = [...new Set(this.source.paths)].map((path) => watchFolder(path, onChange));
    const { run } = this.source;
    const onEvent: Parameters<typeof createLink>[1]['onEvent'] = (event) => {
      if (event.type !== 'appended') return;
      this.offer({ file: event.file, offset: event.offset, bytes: Buffer.from(event.base64, 'base64') });
    };
    this.link = createLink(run, { onEvent, onChange });
    void this.followLink();
  }

  /** Connects to the keeper of a run of ours; a run of somebody else has none. */
  private async followLink(): Promise<void> {
    for (const watcher of this.watchers) watcher.ensure();
    if (this.link === undefined || this.link.isUp()) return;
    const summary = await summariseRun(this.source.run).catch(() => undefined);
    if (summary !== undefined) await this.link.follow(summary);
  }

  private unwatch(): void {
    for (const watcher of this.watchers) watcher.dispose();
    this.watchers = [];
    this.link?.dispose();
    this.link = undefined;
  }
}
