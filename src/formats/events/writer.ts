/**
 * TensorBoard event files, written: every function encodes one whole record (length, checksum, Event
 * message, checksum) ready to be appended. Field numbers are those of TensorFlow's event.proto and
 * summary.proto; values are simple_value float32, NaN and infinity included.
 */
import { maskedCrc32c } from './crc32c';

const FILE_VERSION = 'brain.Event:2';
const SESSION_START = 1;
const LENGTH_BYTES = 8;
const CRC_BYTES = 4;
const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
const MAX_VARINT_BYTES = 10;

/** The record that every file begins with. `wallTime` is in seconds since 1970. */
export function encodeFileVersion(wallTime: number): Uint8Array {
  const version = new TextEncoder().encode(FILE_VERSION);
  const writer = startRecord(wallTime, 0, version.length + 2);
  writer.bytesField(3, version);
  return writer.finish();
}

/** All scalars of one step, by tag, as one Event with one Summary. Zero tags make an empty summary. */
export function encodeScalars(
  wallTime: number,
  step: number,
  scalars: Readonly<Record<string, number>>,
): Uint8Array {
  const values = Object.entries(scalars).map(([tag, value]) => ({ tag: encodeTag(tag), value }));
  const summaryLength = values.reduce((sum, { tag }) => sum + lengthOfField(lengthOfValue(tag)), 0);
  const writer = startRecord(wallTime, step, lengthOfField(summaryLength));
  writer.fieldStart(5, summaryLength);
  for (const { tag, value } of values) {
    writer.fieldStart(1, lengthOfValue(tag));
    writer.bytesField(1, tag);
    writer.float32Field(2, value);
  }
  return writer.finish();
}

/** Marks that a segment begins at `step`: points at that step and later from before are superseded. */
export function encodeSessionStart(wallTime: number, step: number): Uint8Array {
  const session = Uint8Array.of(1 << 3, SESSION_START);
  const writer = startRecord(wallTime, step, session.length + 2);
  writer.bytesField(7, session);
  return writer.finish();
}

interface RecordWriter {
  fieldStart(field: number, length: number): void;
  bytesField(field: number, bytes: Uint8Array): void;
  float32Field(field: number, value: number): void;
  finish(): Uint8Array;
}

/** A record that holds an Event with wall time and step and room for `rest` more bytes. */
function startRecord(wallTime: number, step: number, rest: number): RecordWriter {
  if (!Number.isSafeInteger(step) || step < 0) {
    throw new RangeError(`A step must be a whole number from 0 on, not ${step}`);
  }
  const length = 9 + (step === 0 ? 0 : 1 + lengthOfVarint(step)) + rest;
  const bytes = new Uint8Array(LENGTH_BYTES + CRC_BYTES + length + CRC_BYTES);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(length), true);
  view.setUint32(LENGTH_BYTES, maskedCrc32c(bytes, 0, LENGTH_BYTES), true);
  let at = LENGTH_BYTES + CRC_BYTES;

  function varint(value: number): void {
    let remaining = value;
    while (remaining >= 0x80) {
      bytes[at++] = (remaining % 0x80) | 0x80;
      remaining = Math.floor(remaining / 0x80);
    }
    bytes[at++] = remaining;
  }

  function fieldStart(field: number, size: number): void {
    bytes[at++] = (field << 3) | WIRE.bytes;
    varint(size);
  }

  bytes[at++] = (1 << 3) | WIRE.fixed64;
  view.setFloat64(at, wallTime, true);
  at += 8;
  if (step !== 0) {
    bytes[at++] = (2 << 3) | WIRE.varint;
    varint(step);
  }
  return {
    fieldStart,
    bytesField(field, value) {
      fieldStart(field, value.length);
      bytes.set(value, at);
      at += value.length;
    },
    float32Field(field, value) {
      bytes[at++] = (field << 3) | WIRE.fixed32;
      view.setFloat32(at, value, true);
      at += 4;
    },
    finish() {
      const end = LENGTH_BYTES + CRC_BYTES + length;
      if (at !== end) {
        throw new Error(`An event was encoded in ${at} bytes instead of ${end}`);
      }
      view.setUint32(end, maskedCrc32c(bytes, LENGTH_BYTES + CRC_BYTES, end), true);
      return bytes;
    },
  };
}

/** Tags recur with every step; their bytes are kept. */
const encodedTags = new Map<string, Uint8Array>();

function encodeTag(tag: string): Uint8Array {
  const known = encodedTags.get(tag);
  if (known !== undefined) {
    return known;
  }
  const encoded = new TextEncoder().encode(tag);
  encodedTags.set(tag, encoded);
  return encoded;
}

/** Length of a Summary.Value with this tag and a float32. */
function lengthOfValue(tag: Uint8Array): number {
  return lengthOfField(tag.length) + 5;
}

/** Length of a length-delimited field with a number below 16. */
function lengthOfField(length: number): number {
  return 1 + lengthOfVarint(length) + length;
}

function lengthOfVarint(value: number): number {
  let length = 1;
  for (let remaining = value; remaining >= 0x80 && length < MAX_VARINT_BYTES; length++) {
    remaining = Math.floor(remaining / 0x80);
  }
  return length;
}
