import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { crc32c, maskedCrc32c } from '../../../../src/formats/events/crc32c';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Bit by bit, straight from the definition. */
function slowCrc(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
    }
  }
  return ~crc >>> 0;
}

describe('CRC-32C', () => {
  it('has the published check values', () => {
    expect(crc32c(ascii('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(new Uint8Array(0))).toBe(0);
  });

  it('agrees with its definition for every length and place', () => {
    const random = randomStream(1);
    const bytes = Uint8Array.from({ length: 200 }, () => random.integer(256));
    for (let start = 0; start < 20; start++) {
      for (let end = start; end < 200; end += 7) {
        expect(crc32c(bytes, start, end)).toBe(slowCrc(bytes.subarray(start, end)));
      }
    }
  });

  it('is masked as event files want it', () => {
    expect(maskedCrc32c(Uint8Array.of(24, 0, 0, 0, 0, 0, 0, 0))).toBe(0x224b7fa3);
    expect(maskedCrc32c(Uint8Array.of(0x1a, 0x11, ...ascii('CRC test, one two')))).toBe(0x5794d08a);
  });
});
