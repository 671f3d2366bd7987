/** The cache of one run: its store begins with it, is kept in it, and gives memory back once it is there as it is. */
import type { RunStore } from '../store/runStore';
import type { CachedRun } from './cachedRun';
import type { CacheHeader } from './cacheFormat';
import type { CachedFacts, ColumnCache } from './columnCache';

export class RunCache {
  /** Version of the store that the cache holds. */
  private version = -1;
  private release: (() => void) | undefined;

  constructor(
    private readonly cache: ColumnCache | undefined,
    private readonly run: string,
    private readonly store: RunStore,
  ) {}

  /** Whether there is a place for a cache, and it does not hold the store as it is. */
  get isBehind(): boolean {
    return this.cache !== undefined && this.store.version !== this.version;
  }

  /** Puts the series of the cache into the store, and says what else it knows; undefined if there is none that fits. */
  async find(): Promise<CacheHeader | undefined> {
    const cached = await this.cache?.find(this.run);
    if (cached === undefined) return undefined;
    this.releasedBy(cached);
    this.release?.();
    return cached.header;
  }

  /** Notes that the store now is as the cache has it. */
  markUpToDate(): void {
    this.version = this.store.version;
  }

  async keep(facts: CachedFacts): Promise<void> {
    const { version } = this.store;
    const kept = await this.cache?.keep(this.run, this.store, facts).catch(() => undefined);
    this.version = version;
    this.releasedBy(kept);
  }

  /** Gives the memory of the series back, if they are on the disk as they are. */
  coolDown(): void {
    if (this.store.version === this.version) this.release?.();
  }

  private releasedBy(cached: CachedRun | undefined): void {
    this.release = cached && (() => this.store.coolDown(cached.series));
  }
}
