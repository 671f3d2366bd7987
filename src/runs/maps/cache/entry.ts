/**
 * An entry of the cache of maps: a SHA-256 of the rest, the length of a header, the header as JSON, then one typed array
 * after the other. Whatever does not fit is no entry.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { parseJsonLine } from '../../lines';

const HASH_BYTES = 32;
const LENGTH_BYTES = 4;
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const headerSchema = v.object({
  /** Facts of the entry, which its owner reads. */
  facts: v.unknown(),
  arrays: v.array(v.object({ type: v.picklist(['float32', 'int32']), length: count })),
});

type Stored = Float32Array | Int32Array;

/** What is stored: small facts that JSON can hold, and arrays. */
export interface Entry {
  readonly facts: unknown;
  readonly arrays: readonly Stored[];
}

/** The bytes of an entry. */
export function encodeEntry({ facts, arrays }: Entry): Uint8Array {
  const described = arrays.map((array) => ({
    type: array instanceof Float32Array ? ('float32' as const) : ('int32' as const),
    length: array.length,
  }));
  const header = Buffer.from(JSON.stringify({ facts, arrays: described }));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32LE(header.length);
  const body = Buffer.concat([length, header, ...arrays.map(bytesOf)]);
  return Buffer.concat([hashOf(body), body]);
}

/** The entry in these bytes; undefined if they are damaged. */
export function decodeEntry(bytes: Buffer): Entry | undefined {
  const body = bytes.subarray(HASH_BYTES);
  if (body.length < LENGTH_BYTES || !hashOf(body).equals(bytes.subarray(0, HASH_BYTES))) return undefined;
  const begin = LENGTH_BYTES + body.readUInt32LE(0);
  const header = v.safeParse(headerSchema, parseJsonLine(body.toString('utf8', LENGTH_BYTES, begin)));
  if (!header.success) return undefined;
  const { facts, arrays } = header.output;
  let offset = begin;
  const read = arrays.map(({ type, length }) => {
    const end = offset + length * Float32Array.BYTES_PER_ELEMENT;
    const own = Uint8Array.from(body.subarray(offset, end));
    offset = end;
    return own.length === length * Float32Array.BYTES_PER_ELEMENT ? arrayOf(type, own.buffer) : undefined;
  });
  const whole = read.filter((array) => array !== undefined);
  return whole.length === arrays.length && offset === body.length ? { facts, arrays: whole } : undefined;
}

function arrayOf(type: 'float32' | 'int32', buffer: ArrayBuffer): Stored {
  return type === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer);
}

function bytesOf({ buffer, byteOffset, byteLength }: Stored): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function hashOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
