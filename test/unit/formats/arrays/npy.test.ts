import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { parseNpy } from '../../../../src/formats/arrays/npy';
import { copyNumbers, readNames } from '../../../../src/formats/arrays/npyValues';
import { bytesOf, npyBytes, npyLabels, type NpyOptions } from './npyBytes';

function numbers(data: Uint8Array, options: NpyOptions): number[] {
  const array = parseNpy(npyBytes(data, options), 'x');
  const values = new Array<number>(array.shape.reduce((product, size) => product * size, 1));
  copyNumbers(array, values);
  return values;
}

/** The same values with the bytes of each turned round. */
function swapped(values: NodeJS.TypedArray): Uint8Array {
  const bytes = Buffer.from(bytesOf(values));
  const size = values.BYTES_PER_ELEMENT;
  return size === 2 ? bytes.swap16() : size === 4 ? bytes.swap32() : bytes.swap64();
}

describe('a .npy array', () => {
  it.each([
    ['u1', Uint8Array.of(0, 200, 255), [0, 200, 255]],
    ['i1', Int8Array.of(-128, 0, 127), [-128, 0, 127]],
    ['u2', Uint16Array.of(0, 258, 65535), [0, 258, 65535]],
    ['i2', Int16Array.of(-2, 258, 3), [-2, 258, 3]],
    ['u4', Uint32Array.of(0, 2 ** 32 - 1, 5), [0, 2 ** 32 - 1, 5]],
    ['i4', Int32Array.of(-7, 66051, 5), [-7, 66051, 5]],
    ['u8', BigUint64Array.of(0n, 2n ** 40n, 5n), [0, 2 ** 40, 5]],
    ['i8', BigInt64Array.of(-9n, 2n ** 40n, 5n), [-9, 2 ** 40, 5]],
    ['f4', Float32Array.of(0.5, -3, 1e10), [0.5, -3, 1e10]],
    ['f8', Float64Array.of(0.1, -3, 1e300), [0.1, -3, 1e300]],
  ])('of type %s is read in both byte orders', (type, values, expected) => {
    const shape = [3];
    if (values.BYTES_PER_ELEMENT === 1) {
      expect(numbers(bytesOf(values), { type: `|${type}`, shape })).toEqual(expected);
      return;
    }
    expect(numbers(bytesOf(values), { type: `<${type}`, shape })).toEqual(expected);
    expect(numbers(swapped(values), { type: `>${type}`, shape })).toEqual(expected);
  });

  it('of half floats is read after IEEE 754', () => {
    // Table of the standard's examples: 1, -2, 65504 (largest), 2^-14 (least normal), 2^-24 (least), infinity, 1/3 rounded.
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x7c00, 0x3555, 0x8000);
    expect(numbers(bytesOf(halves), { type: '<f2', shape: [8] })).toEqual([
      1,
      -2,
      65504,
      2 ** -14,
      2 ** -24,
      Infinity,
      0.333251953125,
      -0,
    ]);
    expect(numbers(bytesOf(Uint16Array.of(0x7e00)), { type: '<f2', shape: [1] })).toEqual([NaN]);
  });

  it('in Fortran order comes out in C order', () => {
    // a[i][j][k] = 100 i + 10 j + k, first index fastest.
    const stored: number[] = [];
    for (let k = 0; k < 4; k++)
      for (let j = 0; j < 3; j++) for (let i = 0; i < 2; i++) stored.push(100 * i + 10 * j + k);
    const read = numbers(Uint8Array.from(stored), { type: '|u1', shape: [2, 3, 4], order: 'Fortran' });
    const expected = [0, 1].flatMap((i) =>
      [0, 1, 2].flatMap((j) => [0, 1, 2, 3].map((k) => 100 * i + 10 * j + k)),
    );
    expect(read).toEqual(expected);
  });

  it('has a header of any of the three versions', () => {
    for (const version of [1, 2, 3]) {
      expect(numbers(Uint8Array.of(4, 5), { type: '|u1', shape: [2], version })).toEqual([4, 5]);
    }
    expect(() => numbers(Uint8Array.of(4), { type: '|u1', shape: [1], version: 4 })).toThrow(/version 4/);
  });

  it('of text or whole numbers gives names', () => {
    const wide = Uint32Array.from('caté\0\0\0d\0\0\0\0\0\0', (letter) => letter.codePointAt(0) ?? 0);
    const unicode = parseNpy(npyBytes(bytesOf(wide), { type: '<U7', shape: [2] }), 'y');
    expect(readNames(unicode)).toEqual(['caté', 'd']);
    const bytes = parseNpy(npyBytes(Buffer.from('cat\0dog!'), { type: '|S4', shape: [2] }), 'y');
    expect(readNames(bytes)).toEqual(['cat', 'dog!']);
    expect(readNames(parseNpy(npyLabels(3, -1), 'y'))).toEqual(['3', '-1']);
    const fractions = npyBytes(bytesOf(Float64Array.of(1, 0.5)), { type: '<f8', shape: [2] });
    expect(() => readNames(parseNpy(fractions, 'y'))).toThrow(/y has the label 0\.5 at sample 1/);
  });

  it.each([
    [
      'pickled objects',
      npyBytes(Buffer.from('cos\nsystem\n'), { type: '|O', shape: [1] }),
      /pickled Python objects/,
    ],
    ['complex numbers', npyBytes(new Uint8Array(8), { type: '<c8', shape: [1] }), /type <c8/],
    ['a float of 16 bytes', npyBytes(new Uint8Array(16), { type: '<f16', shape: [1] }), /type <f16/],
    [
      'records',
      Buffer.from(
        npyBytes(new Uint8Array(4), { type: '<f4', shape: [1] })
          .toString('latin1')
          .replace("'<f4'", "[('a')]"),
        'latin1',
      ),
      /type \[/,
    ],
    ['five axes', npyBytes(new Uint8Array(1), { type: '|u1', shape: [1, 1, 1, 1, 1] }), /at most 4 axes/],
    ['too few values', npyBytes(new Uint8Array(5), { type: '|u1', shape: [2, 3] }), /truncated/],
    [
      'a shape beyond all memory',
      npyBytes(new Uint8Array(5), { type: '|u1', shape: [1e9, 1e9] }),
      /truncated/,
    ],
    [
      'too many values',
      npyBytes(new Uint8Array(7), { type: '|u1', shape: [2, 3] }),
      /bytes after its last value/,
    ],
    ['no header', Buffer.from('\x93NUMPY\x01\0\x10\0', 'latin1'), /not a \.npy array/],
    ['a header cut short', npyLabels(1).subarray(0, 40), /truncated/],
    ['other content', Buffer.from('not an array at all'), /not a \.npy array/],
  ])('with %s is refused', (_, bytes, message) => {
    expect(() => parseNpy(bytes, 'x')).toThrow(HumanError);
    expect(() => parseNpy(bytes, 'x')).toThrow(message);
  });
});
