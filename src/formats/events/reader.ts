/**
 * TensorBoard event files, read while they grow. Bytes come in pieces of any size; whole records are handed
 * on, the torn tail waits for the rest. A record whose contents are damaged is skipped and counted; a record
 * whose length is damaged ends the reading of its file, for the next record cannot be found.
 */
import { maskedCrc32cOf } from './crc32c';
import { createEventDecoder } from './eventDecoder';
import type { EventSink } from './sink';

/** What is needed to read on later, as JSON can hold it. */
export interface EventParserState {
  readonly consumed: number;
  readonly damagedRecords: number;
  /** Names of plugins by tag, which a file tells once. */
  readonly plugins: readonly (readonly [tag: string, plugin: string])[];
}

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
  state(): EventParserState;
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

/**
 * A parser at the beginning of a file.
 * @param state of an earlier parser of the file; the bytes pushed are then those behind what it had consumed
 */
export function createEventParser(state?: EventParserState): EventParser {
  const plugins = new Map(state?.plugins);
  const decode = createEventDecoder(plugins);
  const tail = createTail();
  let consumed = state?.consumed ?? 0;
  let damagedRecords = state?.damagedRecords ?? 0;
  let problem: string | null = null;

  const isStuck = (): boolean => problem !== null;

  /** Reads whole records of `bytes` from the start; returns how many bytes they take. */
  function readRecords(bytes: Uint8Array, sink: EventSink): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const readEvent = decode(bytes);
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const length = lengthAt(view, at);
      if (view.getUint32(at + LENGTH_BYTES, true) !== lengthCrc(view, at, length)) {
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
      const isWhole = view.getUint32(end, true) === maskedCrc32cOf(view, start, end);
      if (!isWhole || !readEvent(start, end, sink)) {
        damagedRecords++;
      }
      at = end + CRC_BYTES;
    }
    return at;
  }

  /** Reads the record that began in earlier bytes, with as many of these as it takes; returns how many that are. */
  function completeTorn(bytes: Uint8Array, sink: EventSink): number {
    let taken = 0;
    while (tail.length > 0 && taken < bytes.length && !isStuck()) {
      const missing = recordBytes(tail.bytes()) - tail.length;
      const piece = bytes.subarray(taken, taken + missing);
      taken += piece.length;
      const known = tail.append(piece);
      const used = readRecords(known, sink);
      consumed += used;
      tail.keep(known, used);
    }
    return taken;
  }

  return {
    push(bytes, sink) {
      if (isStuck()) {
        return;
      }
      const rest = bytes.subarray(completeTorn(bytes, sink));
      const used = isStuck() ? 0 : readRecords(rest, sink);
      consumed += used;
      // What cannot be read is not kept either.
      if (isStuck()) tail.keep(rest, rest.length);
      else if (rest.length > 0) tail.keep(rest, used);
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
    state: () => ({ consumed, damagedRecords, plugins: [...plugins] }),
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
  bytes(): Uint8Array;
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
    bytes: () => memory.subarray(0, length),
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

/** How long the record is that these bytes begin; its header first, as long as that is not whole. */
function recordBytes(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) return HEADER_BYTES;
  return HEADER_BYTES + lengthAt(new DataView(bytes.buffer, bytes.byteOffset), 0) + CRC_BYTES;
}

/** Checksums of the lengths that records usually have: the same few come again and again. */
const lengthCrcs = new Float64Array(4096).fill(-1);

function lengthCrc(view: DataView, at: number, length: number): number {
  const isShort = length < lengthCrcs.length;
  if (isShort && lengthCrcs[length] >= 0) return lengthCrcs[length];
  const crc = maskedCrc32cOf(view, at, at + LENGTH_BYTES);
  if (isShort) lengthCrcs[length] = crc;
  return crc;
}

function lengthAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 4294967296;
}
