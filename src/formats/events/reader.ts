/**
 * TensorBoard event files, read while they grow. Bytes come in pieces of any size; whole records are handed
 * on, the torn tail waits for the rest. A record whose contents are damaged is skipped and counted; a record
 * whose length is damaged ends the reading of its file, for the next record cannot be found.
 */
import { signedMaskedCrc32cOf } from './crc32c';
import { EventDecoder } from './eventDecoder';
import type { EventSink } from './sink';
import { TornBytes } from './tornBytes';

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
  return new RecordParser(state);
}

/** A class, and its parts too, because functions made anew for every file are compiled anew when the next file comes. */
class RecordParser implements EventParser {
  consumed: number;
  damagedRecords: number;
  problem: string | null = null;
  private readonly plugins: Map<string, string>;
  private readonly decoder: EventDecoder;
  private readonly torn = new TornBytes();

  constructor(state?: EventParserState) {
    this.consumed = state?.consumed ?? 0;
    this.damagedRecords = state?.damagedRecords ?? 0;
    this.plugins = new Map(state?.plugins);
    this.decoder = new EventDecoder(this.plugins);
  }

  push(bytes: Uint8Array, sink: EventSink): void {
    if (this.isStuck()) return;
    const rest = bytes.subarray(this.completeTorn(bytes, sink));
    const used = this.isStuck() ? 0 : this.readRecords(rest, sink);
    this.consumed += used;
    // What cannot be read is not kept either.
    if (this.isStuck()) this.torn.keep(rest, rest.length);
    else if (rest.length > 0) this.torn.keep(rest, used);
  }

  state(): EventParserState {
    const { consumed, damagedRecords, plugins } = this;
    return { consumed, damagedRecords, plugins: [...plugins] };
  }

  private isStuck(): boolean {
    return this.problem !== null;
  }

  /** Reads whole records of `bytes` from the start; returns how many bytes they take. */
  private readRecords(bytes: Uint8Array, sink: EventSink): number {
    const { decoder } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    decoder.use(bytes, view);
    let at = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const length = lengthAt(view, at);
      if (view.getInt32(at + LENGTH_BYTES, true) !== lengthCrc(view, at, length)) {
        return this.getStuck(at, `is damaged at byte ${this.consumed + at}: what follows cannot be read.`);
      }
      if (length < 0) {
        const what = `a record of ${view.getBigUint64(at, true)} bytes at byte ${this.consumed + at}`;
        return this.getStuck(at, `has ${what}, too long to be read.`);
      }
      const start = at + HEADER_BYTES;
      const end = start + length;
      if (end + CRC_BYTES > bytes.length) return at;
      const isWhole = view.getInt32(end, true) === signedMaskedCrc32cOf(view, start, end);
      if (!isWhole || !decoder.read(start, end, sink)) this.damagedRecords++;
      at = end + CRC_BYTES;
    }
    return at;
  }

  private getStuck(at: number, why: string): number {
    this.problem = `The event file ${why}`;
    return at;
  }

  /** Reads the record that began in earlier bytes, with as many of these as it takes; returns how many that are. */
  private completeTorn(bytes: Uint8Array, sink: EventSink): number {
    const { torn } = this;
    let taken = 0;
    while (torn.length > 0 && taken < bytes.length && !this.isStuck()) {
      const missing = recordBytes(torn.bytes()) - torn.length;
      const piece = bytes.subarray(taken, taken + missing);
      taken += piece.length;
      const known = torn.append(piece);
      const used = this.readRecords(known, sink);
      this.consumed += used;
      torn.keep(known, used);
    }
    return taken;
  }
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

/** How long the record is that these bytes begin; its header first, as long as that is not whole. */
function recordBytes(bytes: Uint8Array): number {
  if (bytes.length < HEADER_BYTES) return HEADER_BYTES;
  return HEADER_BYTES + lengthAt(new DataView(bytes.buffer, bytes.byteOffset), 0) + CRC_BYTES;
}

/** Checksums of the lengths that records usually have: the same few come again and again. */
const lengthCrcs = new Int32Array(4096);
const isKnownLength = new Uint8Array(lengthCrcs.length);

function lengthCrc(view: DataView, at: number, length: number): number {
  const isShort = length >= 0 && length < lengthCrcs.length;
  if (isShort && isKnownLength[length] === 1) return lengthCrcs[length];
  const crc = signedMaskedCrc32cOf(view, at, at + LENGTH_BYTES);
  if (isShort) {
    lengthCrcs[length] = crc;
    isKnownLength[length] = 1;
  }
  return crc;
}

/** Bytes of the contents; -1 for more than are read. Whole numbers of 32 bits: the places that follow from it stay such. */
function lengthAt(view: DataView, at: number): number {
  const low = view.getInt32(at, true);
  return view.getInt32(at + 4, true) === 0 && low <= MAX_PAYLOAD_BYTES ? Math.max(low, -1) : -1;
}
