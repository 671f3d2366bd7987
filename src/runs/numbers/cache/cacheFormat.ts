/**
 * A cache file: 16 bytes (mark, version, length and checksum of the header), the header as JSON, then the columns as
 * float64, little-endian, each with its checksum in the header. Whatever does not fit is no cache.
 */
import * as v from 'valibot';
import type { LineStatistics } from '../../../domain/series/query';
import { crc32c } from '../../../formats/events/crc32c';

const MARK = 0x4e434353;
/** 2: caches of 1 may hold points under the name of another tag. */
const VERSION = 2;
/** Bytes before the header. */
export const PREFIX_BYTES = 16;
/** Columns begin at a multiple of it. */
const ALIGNMENT = 8;
const MOST_HEADER_BYTES = 64 * 2 ** 20;

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const eventStateSchema = v.object({
  consumed: count,
  damagedRecords: count,
  plugins: v.array(v.tuple([v.string(), v.string()])),
});
const linesStateSchema = v.object({
  consumed: count,
  skipped: count,
  lastStep: v.number(),
  header: v.array(v.string()),
});
const fileSchema = v.object({
  path: v.string(),
  kind: v.picklist(['events', 'csv', 'jsonl']),
  prefix: v.string(),
  ino: v.number(),
  mtimeMs: v.number(),
  size: count,
  /** Checksums of the first and the last bytes of what was read. */
  head: count,
  tail: count,
  state: v.union([eventStateSchema, linesStateSchema]),
});
const headerSchema = v.object({
  run: v.string(),
  files: v.array(fileSchema),
  parameters: v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.null()])),
  owners: v.array(v.tuple([v.string(), v.string()])),
  firstWallTime: v.nullable(v.number()),
  /** Place of the column with the statistics of all tags, one after the other, because JSON has no NaN. */
  statistics: count,
  /** Places of each tag's columns. */
  tags: v.array(v.object({ tag: v.string(), steps: count, wallTimes: count, values: count })),
  columns: v.array(v.object({ length: count, checksum: count })),
});

/** A file of the run, as it was when it was read. */
export type CachedFile = v.InferOutput<typeof fileSchema>;
export type CacheHeader = v.InferOutput<typeof headerSchema>;
/** Everything in the header that its writer says. */
export type CacheContent = Omit<CacheHeader, 'columns'>;

/** The bytes of a cache file. */
export function encodeCache(content: CacheContent, columns: readonly Float64Array[]): Uint8Array {
  const described = columns.map((column) => ({ length: column.length, checksum: crc32c(bytesOf(column)) }));
  const json = JSON.stringify({ ...content, columns: described } satisfies CacheHeader);
  const text = Buffer.from(json);
  const header = Buffer.alloc(Math.ceil(text.length / ALIGNMENT) * ALIGNMENT, ' ');
  header.set(text);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  [MARK, VERSION, header.length, crc32c(header)].forEach((word, i) => prefix.writeUInt32LE(word, 4 * i));
  return Buffer.concat([prefix, header, ...columns.map(bytesOf)]);
}

/** The length in bytes of the header that follows these; undefined if they begin no cache of this version. */
export function headerLength(prefix: Buffer): number | undefined {
  const isOurs = prefix.length === PREFIX_BYTES && prefix.readUInt32LE(0) === MARK;
  if (!isOurs || prefix.readUInt32LE(4) !== VERSION) return undefined;
  const length = prefix.readUInt32LE(8);
  return length <= MOST_HEADER_BYTES ? length : undefined;
}

/** The header; undefined if it is damaged. */
export function decodeHeader(prefix: Buffer, header: Buffer): CacheHeader | undefined {
  if (prefix.readUInt32LE(12) !== crc32c(header)) return undefined;
  const parsed = v.safeParse(headerSchema, JSON.parse(header.toString()));
  if (!parsed.success) return undefined;
  const { tags, columns, statistics } = parsed.output;
  const places = tags.flatMap((tag) => [tag.steps, tag.wallTimes, tag.values]);
  const isWhole = [...places, statistics].every((place) => place < columns.length);
  return isWhole ? parsed.output : undefined;
}

/** The column in these bytes; undefined if they are damaged. */
export function decodeColumn(bytes: Buffer, checksum: number): Float64Array | undefined {
  if (crc32c(bytes) !== checksum) return undefined;
  const column = new Float64Array(bytes.length / Float64Array.BYTES_PER_ELEMENT);
  new Uint8Array(column.buffer).set(bytes);
  return column;
}

const STATISTICS = [
  ...(['points', 'nonFinite', 'first', 'last', 'lastStep', 'min', 'minStep', 'max', 'maxStep'] as const),
] as const;

/** Statistics of tags as one column. */
export function columnOfStatistics(all: readonly LineStatistics[]): Float64Array {
  return Float64Array.from(all.flatMap((statistics) => STATISTICS.map((name) => statistics[name])));
}

/** The statistics of the tag at a place. */
export function statisticsAt(column: Float64Array, place: number): LineStatistics {
  const of = (name: (typeof STATISTICS)[number]): number =>
    column[place * STATISTICS.length + STATISTICS.indexOf(name)] ?? Number.NaN;
  return {
    ...{ points: of('points'), nonFinite: of('nonFinite'), first: of('first'), last: of('last') },
    ...{ lastStep: of('lastStep'), min: of('min'), minStep: of('minStep') },
    ...{ max: of('max'), maxStep: of('maxStep') },
  };
}

function bytesOf(column: Float64Array): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}
