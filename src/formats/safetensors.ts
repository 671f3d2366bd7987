/**
 * Safetensors: an 8-byte little-endian header length, a JSON header that gives each tensor's type, shape and
 * byte range, then the values. Written and read whole; every range is checked before it is believed.
 */
import type { StoredType } from './tensorTypes';
import { STORED_TYPE_NAMES, storedType } from './tensorTypes';

/** A tensor, in the types that engines take; files of others may store it in further ones. */
export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Row-major; as many as the product of the shape. */
  readonly values: Float32Array | Int32Array;
}

/** What a file holds. */
export interface SafetensorsContent {
  readonly tensors: readonly NamedTensor[];
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;
const METADATA_KEY = '__metadata__';
const STORED_TYPES = { float32: 'F32', int32: 'I32' } as const;

interface Entry {
  readonly type: StoredType;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Encodes a file. Throws RangeError if a tensor's values do not fit its shape, or a name occurs twice. */
export function encodeSafetensors(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const header = encodeHeader(tensors, metadata);
  const size = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const bytes = new Uint8Array(LENGTH_BYTES + header.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, LENGTH_BYTES);
  let offset = LENGTH_BYTES + header.length;
  for (const { values } of tensors) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}

/** Decodes a file; the values are copies. Throws an Error that says what is damaged; names no file. */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContent {
  const { header, dataStart } = decodeHeader(bytes);
  const metadata = parseMetadata(header[METADATA_KEY]);
  const data = bytes.subarray(dataStart);
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA_KEY)
    .map(([name, value]) => ({ name, entry: parseEntry(name, value) }));
  checkCoverage(
    entries.map(({ entry }) => entry),
    data.length,
  );
  return { tensors: entries.map(({ name, entry }) => decodeTensor(name, entry, data)), metadata };
}

/** The metadata alone; the bytes may end anywhere behind the header. Throws an Error that says what is damaged. */
export function decodeSafetensorsMetadata(bytes: Uint8Array): SafetensorsContent['metadata'] {
  return parseMetadata(decodeHeader(bytes).header[METADATA_KEY]);
}

function encodeHeader(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
): Uint8Array {
  const header = new Map<string, unknown>([[METADATA_KEY, metadata]]);
  let offset = 0;
  for (const { name, shape, dtype, values } of tensors) {
    if (values.length !== product(shape) || header.has(name)) {
      throw new RangeError(`Tensor ${name} occurs twice or does not have ${shape.join(' x ')} values`);
    }
    const end = offset + values.byteLength;
    header.set(name, { dtype: STORED_TYPES[dtype], shape, data_offsets: [offset, end] });
    offset = end;
  }
  const text = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  // Spaces up to a multiple of eight, so that the values lie aligned in a memory map.
  const padded = new Uint8Array(Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES).fill(0x20);
  padded.set(text);
  return padded;
}

function decodeHeader(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES) {
    throw damaged('it is too short');
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(Math.min(MAX_HEADER_BYTES, bytes.length - LENGTH_BYTES))) {
    throw damaged('its header is longer than the file');
  }
  const dataStart = LENGTH_BYTES + Number(length);
  const header = parseJson(bytes.subarray(LENGTH_BYTES, dataStart));
  if (!isRecord(header)) {
    throw damaged('its header is not an object');
  }
  return { header, dataStart };
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (thrown) {
    throw new Error('Damaged safetensors file: its header is not JSON', { cause: thrown });
  }
}

function parseMetadata(value: unknown): Record<string, string> {
  if (value === undefined) {
    return {};
  }
  if (!isRecord(value)) {
    throw damaged('its metadata is not an object');
  }
  const pairs = Object.entries(value).map(([key, text]): [string, string] => {
    if (typeof text !== 'string') {
      throw damaged(`its metadata ${key} is not text`);
    }
    return [key, text];
  });
  return Object.fromEntries(pairs);
}

function parseEntry(name: string, value: unknown): Entry {
  if (!isRecord(value)) {
    throw damaged(`tensor ${name} has no description`);
  }
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== 'string' || !isSizeList(shape) || !isSizeList(offsets) || offsets.length !== 2) {
    throw damaged(`tensor ${name} has a broken description`);
  }
  const [start, end] = offsets;
  const type = storedType(dtype);
  if (type === undefined) {
    throw new Error(
      `Unknown safetensors file: tensor ${name} is of type ${dtype}; ${STORED_TYPE_NAMES.join(', ')} are read`,
    );
  }
  if (end - start !== product(shape) * type.bytes) {
    throw damaged(`tensor ${name} is not ${shape.join(' x ')} values of type ${dtype}`);
  }
  return { type, shape, data_offsets: [start, end] };
}

/** The format asks that the ranges, in order, cover the data without gap or overlap. */
function checkCoverage(entries: readonly Entry[], size: number): void {
  const ranges = entries.map(({ data_offsets: range }) => range).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let reached = 0;
  for (const [start, end] of ranges) {
    if (start !== reached) {
      throw damaged('its tensors overlap or leave a gap');
    }
    reached = end;
  }
  if (reached !== size) {
    throw damaged(`it holds ${size} bytes of values instead of ${reached}`);
  }
}

function decodeTensor(
  name: string,
  { type, shape, data_offsets: [start, end] }: Entry,
  data: Uint8Array,
): NamedTensor {
  // Not `data.slice`: what was read from a file is a Buffer, whose slice is a view of the whole.
  const { buffer } = Uint8Array.from(data.subarray(start, end));
  return { name, shape, ...type.read(buffer) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizeList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, size) => total * size, 1);
}

function damaged(what: string): Error {
  return new Error(`Damaged safetensors file: ${what}`);
}
