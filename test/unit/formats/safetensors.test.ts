import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../src/domain/random/stream';
import { decodeSafetensors, encodeSafetensors, type NamedTensor } from '../../../src/formats/safetensors';

const TENSORS: NamedTensor[] = [
  {
    name: 'weights',
    shape: [2, 3],
    dtype: 'float32',
    values: Float32Array.of(1, -2, 0.5, NaN, Infinity, -0),
  },
  { name: 'none', shape: [0, 4], dtype: 'float32', values: new Float32Array(0) },
  { name: 'scalar', shape: [], dtype: 'int32', values: Int32Array.of(-7) },
  { name: 'ä "quoted"', shape: [1], dtype: 'int32', values: Int32Array.of(2 ** 31 - 1) },
];
const METADATA = { formatVersion: '1', loop: '{"step":3}' };

/** A file with this header text and this many bytes of values. */
function fileWith(header: unknown, dataBytes: number): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const tensor = (start: number, end: number, shape = [(end - start) / 4]): unknown => ({
  dtype: 'F32',
  shape,
  data_offsets: [start, end],
});

describe('a safetensors file', () => {
  it('gives back what was written', () => {
    expect(decodeSafetensors(encodeSafetensors(TENSORS, METADATA))).toEqual({
      tensors: TENSORS,
      metadata: METADATA,
    });
    expect(decodeSafetensors(encodeSafetensors([]))).toEqual({ tensors: [], metadata: {} });
  });

  it('gives back random tensors, wherever the bytes lie', () => {
    const random = randomStream(1);
    for (let trial = 0; trial < 50; trial++) {
      const tensors = Array.from({ length: random.integer(6) }, (_, i): NamedTensor => {
        const shape = Array.from({ length: random.integer(4) }, () => 1 + random.integer(4));
        const length = shape.reduce((product, size) => product * size, 1);
        const values = Float32Array.from({ length }, () => random.normal());
        return { name: `t${i}`, shape, dtype: 'float32', values };
      });
      const bytes = encodeSafetensors(tensors);
      const shifted = new Uint8Array(bytes.length + 3);
      shifted.set(bytes, 3);
      expect(decodeSafetensors(shifted.subarray(3)).tensors).toEqual(tensors);
    }
  });

  it('aligns its values to eight bytes', () => {
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'abcdefgh']) {
      const bytes = encodeSafetensors([{ name, shape: [1], dtype: 'float32', values: Float32Array.of(1) }]);
      expect((bytes.length - 4) % 8).toBe(0);
    }
  });

  it('cut at any byte, or too long, is refused', () => {
    const bytes = encodeSafetensors(TENSORS, METADATA);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(/Damaged safetensors/);
    }
    expect(() => decodeSafetensors(Uint8Array.of(...bytes, 0))).toThrow(/Damaged safetensors/);
  });

  it('with a header that lies is refused', () => {
    const refused: [unknown, number, RegExp][] = [
      ['not JSON', 0, /not JSON/],
      ['[1]', 0, /not an object/],
      [{ a: tensor(0, 8), b: tensor(4, 12) }, 12, /overlap/],
      [{ a: tensor(0, 4), b: tensor(8, 12) }, 12, /gap/],
      [{ a: tensor(0, 8) }, 4, /4 bytes of values/],
      [{ a: tensor(0, 8, [3]) }, 8, /tensor a is not 3 values/],
      [{ a: tensor(0, 8, [-2]) }, 8, /tensor a has a broken description/],
      [{ a: tensor(0, 8, [0.5, 4]) }, 8, /tensor a has a broken description/],
      [{ a: { ...(tensor(0, 8) as object), dtype: 'F16' } }, 8, /tensor a is not/],
      [{ a: { ...(tensor(0, 8) as object), dtype: 'F8_E5M2' } }, 8, /tensor a is of type F8_E5M2/],
      [{ a: null }, 0, /tensor a has no description/],
      [{ __metadata__: { a: 1 } }, 0, /metadata a is not text/],
      [{ __metadata__: 'a' }, 0, /metadata is not an object/],
    ];
    for (const [header, size, message] of refused) {
      expect(() => decodeSafetensors(fileWith(header, size))).toThrow(message);
    }
    const endless = fileWith('{}', 0);
    endless.fill(0xff, 0, 8);
    expect(() => decodeSafetensors(endless)).toThrow(/longer than the file/);
  });

  it('written by others, in any order and without padding, is read', () => {
    const bytes = fileWith({ b: tensor(4, 8), a: tensor(0, 4) }, 8);
    new DataView(bytes.buffer).setFloat32(bytes.length - 8, 1.5, true);
    const { tensors } = decodeSafetensors(bytes);
    expect(tensors.find(({ name }) => name === 'a')?.values[0]).toBe(1.5);
    expect(tensors.find(({ name }) => name === 'b')?.values[0]).toBe(0);
  });

  it('of half floats and 64-bit integers is read as float32 and int32', () => {
    const header = {
      h: { dtype: 'F16', shape: [2], data_offsets: [0, 4] },
      n: { dtype: 'I64', shape: [], data_offsets: [4, 12] },
    };
    const bytes = fileWith(header, 12);
    const view = new DataView(bytes.buffer, bytes.length - 12);
    view.setUint16(0, 0x3c00, true);
    view.setUint16(2, 0xc000, true);
    view.setBigInt64(4, 9n, true);
    expect(decodeSafetensors(bytes).tensors).toEqual([
      { name: 'h', shape: [2], dtype: 'float32', values: Float32Array.of(1, -2) },
      { name: 'n', shape: [], dtype: 'int32', values: Int32Array.of(9) },
    ]);
  });

  it('is not written from tensors that contradict themselves', () => {
    const good = TENSORS[0];
    expect(() => encodeSafetensors([{ ...good, shape: [5] }])).toThrow(RangeError);
    expect(() => encodeSafetensors([good, good])).toThrow(RangeError);
    expect(() => encodeSafetensors([{ ...good, name: '__metadata__' }])).toThrow(RangeError);
  });
});
