/**
 * TensorBoard event files, read while they grow. Bytes come in pieces of any size; whole records are handed
 * on, the torn tail waits for the rest. A record whose contents are damaged is skipped and counted; a record
 * whose length is damaged ends the reading of its file, for the next record cannot be found.
 */
import { maskedCrc32c } from './crc32c';
import { createEventDecoder } from './eventDecoder';
import type { EventSink } from './sink';

/** Reads one file. */
export interface EventParser {
  /** Takes the next bytes of the file and hands on the records that they complete. */
  push(bytes: Uint8Array, sink: EventSink): void;
  /** Bytes of the whole records read so far; the rest waits for more. */
  readonly consumed: number;
  /** Records skipped because their contents are damaged. */
  readonly damagedRecords: number;
  /** Why the file cannot be read on, or null. */
  readonly problem: string | null;
}

/** One event, for callers that want a list; a summary of several tags makes several. */
export type ScalarEvent =
  | {
      readonly kind: 'scalar';
      readonly tag: string;
      readonly step: number;
      readonly wallTime: number;
      readonly value: number;
    }
  | { readonly kind: 'sessionStart'; readonly step: number; readonly wallTime: number };

const LENGTH_BYTES = 8;
const CRC_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + CRC_BYTES;
/** A longer record would have to be kept in memory until it is whole. */
const MAX_PAYLOAD_BYTES = 2 ** 29;

/** A parser at the beginning of a file. */
export function createEventParser(): EventParser {
  const decode = createEventDecoder();
  const tail = createTail();
  let consumed = 0;
  let damagedRecords = 0;
  let problem: string | null = null;

  /** Reads whole records of `bytes` from the start; returns how many bytes they take. */
  function readRecords(bytes: Uint8Array, sink: EventSink): number {
    const readEvent = decode(bytes);
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const length = readLength(bytes, at);
      if (readWord(bytes, at + LENGTH_BYTES) !== maskedCrc32c(bytes, at, at + LENGTH_BYTES)) {
        problem = `The event file is damaged at byte ${consumed + at}: what follows cannot be read.`;
        return at;
      }
      if (length > MAX_PAYLOAD_BYTES) {
        problem = `The event file has a record of ${length} bytes at byte ${consumed + at}, too long to be read.`;
        return at;
      }
      const start = at + HEADER_BYTES;
      const end = start + length;
      if (end + CRC_BYTES > bytes.length) {
        return at;
      }
      const isWhole = readWord(bytes, end) === maskedCrc32c(bytes, start, end);
      if (!isWhole || !readEvent(start, end, sink)) {
        damagedRecords++;
      }
      at = end + CRC_BYTES;
    }
    return at;
  }

  return {
    push(bytes, sink) {
      if (problem !== null) {
        return;
      }
      const available = tail.length === 0 ? bytes : tail.append(bytes);
      const used = readRecords(available, sink);
      consumed += used;
      tail.keep(available, used);
    },
    get consumed() {
      return consumed;
    },
    get damagedRecords() {
      return damagedRecords;
    },
    get problem() {
      return problem;
    },
  };
}

/** The events of the bytes pushed, as a list. */
export function pushToList(parser: EventParser, bytes: Uint8Array): ScalarEvent[] {
  const events: ScalarEvent[] = [];
  parser.push(bytes, {
    scalar: (tag, step, wallTime, value) => events.push({ kind: 'scalar', tag, step, wallTime, value }),
    sessionStart: (step, wallTime) => events.push({ kind: 'sessionStart', step, wallTime }),
  });
  return events;
}

/** Bytes that wait for the rest of their record, in memory that doubles when it is full. */
interface Tail {
  readonly length: number;
  append(bytes: Uint8Array): Uint8Array;
  keep(bytes: Uint8Array, from: number): void;
}

function createTail(): Tail {
  let memory = new Uint8Array(0);
  let length = 0;

  function reserve(size: number): void {
    if (size > memory.length) {
      const larger = new Uint8Array(Math.max(size, 2 * memory.length));
      larger.set(memory.subarray(0, length));
      memory = larger;
    }
  }

  return {
    get length() {
      return length;
    },
    append(bytes) {
      reserve(length + bytes.length);
      memory.set(bytes, length);
      length += bytes.length;
      return memory.subarray(0, length);
    },
    keep(bytes, from) {
      const rest = bytes.subarray(from);
      if (bytes.buffer === memory.buffer) {
        memory.copyWithin(0, from, bytes.length);
      } else {
        length = 0;
        reserve(rest.length);
        memory.set(rest);
      }
      length = rest.length;
    },
  };
}

function readLength(bytes: Uint8Array, at: number): number {
  return readWord(bytes, at) + readWord(bytes, at + 4) * 4294967296;
}

function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}
