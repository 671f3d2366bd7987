/** Bytes that wait for the rest of their record, in memory that doubles when it is full. */
export class TornBytes {
  length = 0;
  private memory = new Uint8Array(0);

  bytes(): Uint8Array {
    return this.memory.subarray(0, this.length);
  }

  /** Puts these bytes behind the others, and returns all. */
  append(bytes: Uint8Array): Uint8Array {
    this.reserve(this.length + bytes.length);
    this.memory.set(bytes, this.length);
    this.length += bytes.length;
    return this.bytes();
  }

  /** Keeps the bytes from place `from` on, and no others. They may be its own. */
  keep(bytes: Uint8Array, from: number): void {
    const rest = bytes.subarray(from);
    if (bytes.buffer === this.memory.buffer) {
      this.memory.copyWithin(0, from, bytes.length);
    } else {
      this.length = 0;
      this.reserve(rest.length);
      this.memory.set(rest);
    }
    this.length = rest.length;
  }

  private reserve(size: number): void {
    if (size <= this.memory.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.memory.length));
    larger.set(this.bytes());
    this.memory = larger;
  }
}
