/** One run's cache file, opened only while something is read from it. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { SeriesColumns } from '../../../domain/series/growingSeries';
import { ReadAgainError } from '../../logs/followedLog';
import type { ColdSeries } from '../store/runStore';
import {
  decodeColumn,
  decodeHeader,
  headerLength,
  PREFIX_BYTES,
  statisticsAt,
  type CacheHeader,
} from './cacheFormat';

/** A cache file that was found whole. */
export interface CachedRun {
  readonly header: CacheHeader;
  readonly series: ReadonlyMap<string, ColdSeries>;
}

/** Thrown when a column was damaged after the file had been opened. */
export class DamagedCacheError extends ReadAgainError {
  override readonly name = 'DamagedCacheError';
}

/** Reads header and statistics; undefined if there is no cache or it is damaged. */
export function openCachedRun(path: string): CachedRun | undefined {
  try {
    return withFile(path, (file) => readCachedRun(path, file));
  } catch {
    // A cache that cannot be read is as good as none: the run is read from its own files.
    return undefined;
  }
}

function readCachedRun(path: string, file: number): CachedRun | undefined {
  const prefix = readAt(file, 0, PREFIX_BYTES);
  const length = headerLength(prefix);
  const header = length === undefined ? undefined : decodeHeader(prefix, readAt(file, PREFIX_BYTES, length));
  if (length === undefined || header === undefined) return undefined;
  const places = placesOf(header, PREFIX_BYTES + length);
  if (fstatSync(file).size !== places.end) return undefined;
  const columns = createColumnReader(path, places.columns);
  const [statistics = new Float64Array(0)] = columns.many([header.statistics]);
  const series = header.tags.map((tag, i): [string, ColdSeries] => [
    tag.tag,
    {
      statistics: statisticsAt(statistics, i),
      load: () => columns.series([tag.steps, tag.wallTimes, tag.values]),
    },
  ]);
  return { header, series: new Map(series) };
}

interface Place {
  readonly at: number;
  readonly bytes: number;
  readonly checksum: number;
}

function placesOf({ columns }: CacheHeader, start: number): { columns: Place[]; end: number } {
  let at = start;
  const places = columns.map(({ length, checksum }) => {
    const place = { at, bytes: length * Float64Array.BYTES_PER_ELEMENT, checksum };
    at += place.bytes;
    return place;
  });
  return { columns: places, end: at };
}

/** Reads columns when they are asked for; those that tags share are kept while somebody uses them. */
function createColumnReader(path: string, places: readonly Place[]) {
  const shared = new Map<number, WeakRef<Float64Array>>();
  const read = (file: number, index: number): Float64Array => {
    const known = shared.get(index)?.deref();
    const place = places[index];
    const column = known ?? (place && decodeColumn(readAt(file, place.at, place.bytes), place.checksum));
    if (column === undefined) throw new DamagedCacheError(`${path} is damaged`);
    shared.set(index, new WeakRef(column));
    return column;
  };
  const many = (indices: readonly number[]): Float64Array[] =>
    withFile(path, (file) => indices.map((index) => read(file, index)));
  const none = new Float64Array(0);
  const series = (indices: readonly number[]): SeriesColumns => {
    const [steps = none, wallTimes = none, values = none] = many(indices);
    return { steps, wallTimes, values };
  };
  return { many, series };
}

function withFile<T>(path: string, act: (file: number) => T): T {
  const file = openSync(path, 'r');
  try {
    return act(file);
  } finally {
    closeSync(file);
  }
}

function readAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(file, bytes, 0, length, at));
}
