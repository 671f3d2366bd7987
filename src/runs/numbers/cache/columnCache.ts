/**
 * The folder of column caches: one file a run, named by the run's path. It may be deleted at any time, and is kept below
 * a size by dropping what was used least recently.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, stat, unlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { LineStatistics } from '../../../domain/series/query';
import { writeFileAtomically } from '../../../formats/files';
import type { RunStore } from '../store/runStore';
import { openCachedRun, type CachedRun } from './cachedRun';
import { columnOfStatistics, encodeCache, type CacheContent } from './cacheFormat';
import { isStillThere } from './identity';

const ENDING = '.columns';
const NAME_LENGTH = 32;
/** A cache that is a larger share of the whole would crowd out all others. */
const LARGEST_SHARE = 0.5;

/** What a run's files say besides the series. */
export type CachedFacts = Pick<CacheContent, 'files' | 'owners'>;

/** The caches of one folder. */
export class ColumnCache {
  constructor(
    private readonly folder: string,
    private readonly mostBytes: number,
  ) {}

  /** The run as it was when it was cached; undefined unless every file still begins with what was read of it. */
  async find(run: string): Promise<CachedRun | undefined> {
    const path = this.pathOf(run);
    const cached = openCachedRun(path);
    if (cached?.header.run !== run || !cached.header.files.every(isStillThere)) return undefined;
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
    return cached;
  }

  /** Keeps a run and gives back its series on the disk; undefined if it is too large or cannot be kept. */
  async keep(run: string, store: RunStore, facts: CachedFacts): Promise<CachedRun | undefined> {
    const bytes = encodeRun(run, store, facts);
    if (bytes.length > LARGEST_SHARE * this.mostBytes) return undefined;
    await mkdir(this.folder, { recursive: true });
    await this.makeRoom(bytes.length);
    await writeFileAtomically(this.pathOf(run), bytes, { isPrecious: false });
    return openCachedRun(this.pathOf(run));
  }

  private async makeRoom(bytes: number): Promise<void> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith(ENDING));
    const files = await Promise.all(
      names.map(async (name) => {
        const path = join(this.folder, name);
        const { size = 0, mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
        return { path, size, mtimeMs };
      }),
    );
    let total = files.reduce((sum, { size }) => sum + size, bytes);
    for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= this.mostBytes) return;
      await unlink(path).catch(() => undefined);
      total -= size;
    }
  }

  private pathOf(run: string): string {
    const name = createHash('sha256').update(run).digest('hex').slice(0, NAME_LENGTH);
    return join(this.folder, `${name}${ENDING}`);
  }
}

function encodeRun(run: string, store: RunStore, known: CachedFacts): Uint8Array {
  const columns: Float64Array[] = [];
  const places = new Map<ArrayBufferLike, number>();
  const placeOf = (column: Float64Array): number => {
    const known = places.get(column.buffer) ?? columns.push(column) - 1;
    places.set(column.buffer, known);
    return known;
  };
  store.trim();
  const statistics: LineStatistics[] = [];
  const tags = store.tags.map((tag) => {
    const series = store.seriesOf(tag);
    const { steps, wallTimes, values } = series.columns();
    statistics.push(series.statistics());
    return { tag, steps: placeOf(steps), wallTimes: placeOf(wallTimes), values: placeOf(values) };
  });
  const firstWallTime = Number.isFinite(store.firstWallTime) ? store.firstWallTime : null;
  const facts = {
    parameters: store.parameters,
    firstWallTime,
    statistics: placeOf(columnOfStatistics(statistics)),
  };
  return encodeCache({ run, ...known, ...facts, tags }, columns);
}
