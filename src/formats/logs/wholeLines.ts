/**
 * Bytes cut into lines at full speed: all whole lines of a piece are decoded at once. The torn last line waits, within a
 * bound; a longer line is dropped and counted.
 */

/** A longer line than this is no line of a log. */
export const LONGEST_LINE_BYTES = 2 ** 20;

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = '\ufeff';

/** Lines of one file, without their ends. */
export class WholeLines {
  /** Bytes of whole lines so far. */
  consumed: number;
  /** Lines that were too long. */
  dropped = 0;
  private kept: Uint8Array = new Uint8Array(0);
  private isDropping = false;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  /** @param consumed where the bytes begin in the file */
  constructor(consumed = 0) {
    this.consumed = consumed;
  }

  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): readonly string[] {
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (end === 0) return this.keep(bytes);
    const text = this.decode(joined(this.kept, bytes.subarray(0, end - 1)));
    this.consumed += this.kept.length + end;
    const lines = text.split('\n').map(withoutReturn);
    if (this.isDropping) lines.shift();
    this.isDropping = false;
    this.kept = new Uint8Array(0);
    this.keep(bytes.subarray(end));
    return lines;
  }

  /** The last line, if it has bytes and no newline ends it. */
  rest(): string | undefined {
    if (this.kept.length === 0 || this.isDropping) return undefined;
    const line = withoutReturn(this.decode(this.kept));
    this.consumed += this.kept.length;
    this.kept = new Uint8Array(0);
    return line;
  }

  private keep(bytes: Uint8Array): readonly string[] {
    if (this.isDropping) {
      this.consumed += bytes.length;
    } else if (this.kept.length + bytes.length > LONGEST_LINE_BYTES) {
      this.consumed += this.kept.length + bytes.length;
      this.kept = new Uint8Array(0);
      this.isDropping = true;
      this.dropped++;
    } else {
      this.kept = joined(this.kept, bytes).slice();
    }
    return [];
  }

  private decode(bytes: Uint8Array): string {
    const text = this.decoder.decode(bytes);
    return this.consumed === 0 && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
