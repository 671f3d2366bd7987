/**
 * The shortest way through the records that nearly every file is made of: wall time, step, and a summary whose values are
 * a tag and a simple_value each, in this order. Anything else is left to the general decoder. A record is looked through
 * to its end before its first value is handed on, so that one that turns out damaged or unusual has told nothing.
 */
import type { EventSink } from './sink';
import type { TagTable } from './tagTable';

/** The first bytes of fields: number and wire type. */
const FIELD = {
  wallTime: 0x09,
  step: 0x10,
  summary: 0x2a,
  value: 0x0a,
  tag: 0x0a,
  simpleValue: 0x15,
} as const;
const FLOAT_BYTES = 4;
const DOUBLE_BYTES = 8;

/** Reads plain records of one file, whose bytes come in pieces. */
export class PlainScalars {
  private bytes: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private at = 0;
  /** Start and end of each value's tag in the record at hand; the value stands behind it. */
  private places = new Int32Array(64);

  constructor(private readonly tags: TagTable) {}

  /** The bytes that `read` counts its places in, and a view of the same. */
  use(bytes: Uint8Array, view: DataView): void {
    this.bytes = bytes;
    this.view = view;
  }

  /** Hands on the scalars of the record in [start, end), which a checksum must follow; false if it is not a plain one. */
  read(start: number, end: number, sink: EventSink): boolean {
    const { bytes } = this;
    if (end - start <= DOUBLE_BYTES || bytes[start] !== FIELD.wallTime) return false;
    this.at = start + 1 + DOUBLE_BYTES;
    const step = bytes[this.at] === FIELD.step ? this.varintBehindKey() : 0;
    if (step < 0 || bytes[this.at] !== FIELD.summary) return false;
    const length = this.varintBehindKey();
    if (length < 0 || this.at + length !== end) return false;
    const count = this.findValues(end);
    if (count < 0) return false;
    this.handOn(count, { step, wallTime: this.view.getFloat64(start + 1, true), sink });
    return true;
  }

  private handOn(count: number, { step, wallTime, sink }: HandOn): void {
    const { places, bytes, view, tags } = this;
    for (let i = 0; i < count; i++) {
      const end = places[2 * i + 1];
      const tag = tags.textOf(bytes, places[2 * i], end);
      sink.scalar(tag, step, wallTime, view.getFloat32(end + 1, true));
    }
  }

  /** How many values there are up to `end`; -1 if one of them is not plain. */
  private findValues(end: number): number {
    const { bytes } = this;
    let count = 0;
    while (this.at < end) {
      if (bytes[this.at] !== FIELD.value) return -1;
      const valueLength = this.varintBehindKey();
      const valueEnd = this.at + valueLength;
      if (valueLength < 0 || valueEnd > end || bytes[this.at] !== FIELD.tag) return -1;
      const tagLength = this.varintBehindKey();
      const tagEnd = this.at + tagLength;
      const isPlain = tagEnd + 1 + FLOAT_BYTES === valueEnd && bytes[tagEnd] === FIELD.simpleValue;
      if (tagLength < 0 || !isPlain) return -1;
      this.keep(count++, tagEnd);
      this.at = valueEnd;
    }
    return count;
  }

  private keep(index: number, tagEnd: number): void {
    if (2 * index === this.places.length) {
      const larger = new Int32Array(2 * this.places.length);
      larger.set(this.places);
      this.places = larger;
    }
    this.places[2 * index] = this.at;
    this.places[2 * index + 1] = tagEnd;
  }

  /** Steps over a field's key and its varint of at most four bytes; -1 for a longer one. */
  private varintBehindKey(): number {
    const { bytes } = this;
    let result = 0;
    for (let shift = 0, at = this.at + 1; shift < 28; shift += 7, at++) {
      const byte = bytes[at];
      result |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.at = at + 1;
        return result;
      }
    }
    return -1;
  }
}

interface HandOn {
  readonly step: number;
  readonly wallTime: number;
  readonly sink: EventSink;
}
