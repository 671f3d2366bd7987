/**
 * A cursor over one protobuf message: enough of the wire format to walk through fields and skip what is not
 * known. It never reads beyond its end; a message that would is malformed and throws.
 */

/** The wire types that exist; 3 and 4 (groups) are obsolete and count as malformed. */
export const WIRE_TYPE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** Thrown for bytes that are no protobuf message. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

const TWO_TO_32 = 4294967296;
const decoder = new TextDecoder();

/** Reads the length-delimited field just met, and leaves the cursor behind it. */
export function insideField<T>(cursor: MessageCursor, read: (cursor: MessageCursor) => T): T {
  const outerEnd = cursor.end;
  const start = cursor.delimited();
  const end = cursor.position;
  cursor.enter(start, end);
  const result = read(cursor);
  cursor.enter(end, outerEnd);
  return result;
}

/** A position inside a range of bytes. */
export class MessageCursor {
  /** Number of the field whose tag was read last. */
  field = 0;
  wireType = 0;
  position = 0;
  end = 0;

  /** @param view of the same bytes */
  constructor(
    readonly bytes: Uint8Array,
    private readonly view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  ) {}

  /** Places the cursor over bytes[start, end). */
  enter(start: number, end: number): void {
    this.position = start;
    this.end = end;
  }

  /** Reads the next field's number and wire type; false at the end of the message. */
  nextField(): boolean {
    if (this.position >= this.end) {
      return false;
    }
    const tag = this.varint();
    this.field = Math.floor(tag / 8);
    this.wireType = tag % 8;
    return true;
  }

  /** True if the field just read has this number and wire type. */
  is(field: number, wireType: number): boolean {
    return this.field === field && this.wireType === wireType;
  }

  /** An unsigned varint; exact below 2^53. */
  varint(): number {
    const first = this.bytes[this.position];
    if (first < 0x80 && this.position < this.end) {
      this.position++;
      return first;
    }
    return this.longVarint(0);
  }

  /** A varint that holds a two's complement 64-bit integer; exact between -2^53 and 2^53. */
  signedVarint(): number {
    return this.longVarint(TWO_TO_32 / 2);
  }

  float64(): number {
    return this.view.getFloat64(this.advance(8), true);
  }

  float32(): number {
    return this.view.getFloat32(this.advance(4), true);
  }

  /** Steps over the contents of a length-delimited field and returns where they begin; they end at `position`. */
  delimited(): number {
    return this.advance(this.varint());
  }

  /** The contents of a length-delimited field as text. */
  text(): string {
    const start = this.delimited();
    return decoder.decode(this.bytes.subarray(start, this.position));
  }

  /** Steps over the value of the field just read. */
  skip(): void {
    switch (this.wireType) {
      case WIRE_TYPE.varint:
        this.varint();
        return;
      case WIRE_TYPE.fixed64:
        this.advance(8);
        return;
      case WIRE_TYPE.bytes:
        this.delimited();
        return;
      case WIRE_TYPE.fixed32:
        this.advance(4);
        return;
      default:
        throw new MalformedMessageError(`Wire type ${this.wireType}`);
    }
  }

  private advance(length: number): number {
    const start = this.position;
    if (start + length > this.end) {
      throw new MalformedMessageError('A field is longer than its message');
    }
    this.position = start + length;
    return start;
  }

  /** `signBit`, as a value of the upper half, is where that half turns negative; 0 for never. */
  private longVarint(signBit: number): number {
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = this.bytes[this.advance(1)];
      const bits = byte & 0x7f;
      if (shift < 28) {
        low |= bits << shift;
      } else if (shift === 28) {
        low |= bits << 28;
        high = bits >>> 4;
      } else {
        high |= bits << (shift - 32);
      }
      if (byte < 0x80) {
        const upper = high >>> 0;
        return (signBit > 0 && upper >= signBit ? upper - TWO_TO_32 : upper) * TWO_TO_32 + (low >>> 0);
      }
    }
    throw new MalformedMessageError('A varint does not end');
  }
}
