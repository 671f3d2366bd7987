/** Element types of stored tensors against their bit patterns. */
import { expect, test } from 'vitest';
import { storedType } from '../../../src/formats/tensorTypes';

function read(type: string, buffer: ArrayBuffer): number[] {
  return Array.from(storedType(type)?.read(buffer).values ?? []);
}

test('binary16 widens without loss', () => {
  // 1, -2, 65504 (largest), 2^-14 (smallest normal), 2^-24 (smallest), -0, infinities, 1/3 rounded.
  const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x3555);
  expect(read('F16', bits.buffer)).toEqual([
    1,
    -2,
    65504,
    2 ** -14,
    2 ** -24,
    -0,
    Infinity,
    -Infinity,
    (1 + 0x155 / 1024) / 4,
  ]);
  expect(read('F16', Uint16Array.of(0x7e00).buffer)).toEqual([NaN]);
});

test('bfloat16 is the upper half of a float32', () => {
  // 1, -2, 3.140625, 2^127, the smallest subnormal 2^-133, infinity.
  const bits = Uint16Array.of(0x3f80, 0xc000, 0x4049, 0x7f00, 0x0001, 0x7f80);
  expect(read('BF16', bits.buffer)).toEqual([1, -2, 3.140625, 2 ** 127, 2 ** -133, Infinity]);
});

test('64-bit numbers are narrowed, integers only where they fit', () => {
  expect(read('F64', Float64Array.of(0.1, -1e300).buffer)).toEqual([Math.fround(0.1), -Infinity]);
  expect(read('I64', BigInt64Array.of(-3n, 2n ** 31n - 1n).buffer)).toEqual([-3, 2 ** 31 - 1]);
  expect(() => read('I64', BigInt64Array.of(2n ** 31n).buffer)).toThrow(/beyond 32 bits/);
});

test('other types have no reader', () => {
  expect(storedType('F8_E4M3')).toBeUndefined();
  expect(storedType('constructor')).toBeUndefined();
});
