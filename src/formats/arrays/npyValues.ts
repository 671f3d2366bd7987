/** The values of .npy arrays, in C order (the last index fastest) whatever the file's order is. */
import { HumanError } from '../../domain/errors';
import { npyLength, type NpyArray } from './npy';

const HALF_FRACTION = 0x400;
const HALF_BIAS_EXPONENT = 25;

/**
 * Writes every value as a number to `into`, [npyLength]. Throws HumanError for text.
 * 64-bit integers beyond 2^53 lose their last digits.
 */
export function copyNumbers(array: NpyArray, into: { [index: number]: number }): void {
  const read = numberReader(array);
  const { itemBytes } = array;
  forEachInOrder(array, (target, source) => {
    into[target] = read(source * itemBytes);
  });
}

/** Every value as text: whole numbers in digits, text without its padding. Throws HumanError for fractions. */
export function readNames(array: NpyArray): string[] {
  const read = array.kind === 'S' || array.kind === 'U' ? textReader(array) : numberReader(array);
  const names = new Array<string>(npyLength(array));
  forEachInOrder(array, (target, source) => {
    const value = read(source * array.itemBytes);
    if (typeof value === 'number' && !Number.isInteger(value)) {
      throw new HumanError(
        `${array.name} has the label ${value} at sample ${target}: labels must be whole numbers.`,
      );
    }
    names[target] = String(value);
  });
  return names;
}

/** Whether the bytes of an array are its values in C order, one byte each. */
export function isPlainBytes({ kind, itemBytes, isFortran, shape }: NpyArray): boolean {
  return (kind === 'u' || kind === 'b') && itemBytes === 1 && (!isFortran || shape.length < 2);
}

/** Calls `act` with the place of each value in C order and in the file. */
function forEachInOrder(array: NpyArray, act: (target: number, source: number) => void): void {
  const { shape, isFortran } = array;
  const count = npyLength(array);
  if (!isFortran || shape.length < 2) {
    for (let i = 0; i < count; i++) act(i, i);
    return;
  }
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let target = 0, source = 0; target < count; target++) {
    act(target, source);
    source += advance(index, shape, strides);
  }
}

/** Moves to the next index in C order; by how much the place in the file changes. */
function advance(index: number[], shape: readonly number[], strides: readonly number[]): number {
  let moved = 0;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis]++;
    moved += strides[axis];
    if (index[axis] < shape[axis]) return moved;
    moved -= shape[axis] * strides[axis];
    index[axis] = 0;
  }
  return moved;
}

function numberReader({ name, kind, itemBytes, isBigEndian, data }: NpyArray): (offset: number) => number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const little = !isBigEndian;
  switch (`${kind}${itemBytes}`) {
    case 'b1':
    case 'u1':
      return (offset) => data[offset];
    case 'i1':
      return (offset) => view.getInt8(offset);
    case 'u2':
      return (offset) => view.getUint16(offset, little);
    case 'i2':
      return (offset) => view.getInt16(offset, little);
    case 'u4':
      return (offset) => view.getUint32(offset, little);
    case 'i4':
      return (offset) => view.getInt32(offset, little);
    case 'u8':
      return (offset) => Number(view.getBigUint64(offset, little));
    case 'i8':
      return (offset) => Number(view.getBigInt64(offset, little));
    case 'f2':
      return (offset) => halfToNumber(view.getUint16(offset, little));
    case 'f4':
      return (offset) => view.getFloat32(offset, little);
    case 'f8':
      return (offset) => view.getFloat64(offset, little);
    default:
      throw new HumanError(`${name} holds text where numbers are expected: save plain numbers.`);
  }
}

/** IEEE 754 binary16: sign, five bits of exponent, ten of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits < 0x8000 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - HALF_BIAS_EXPONENT);
  return sign * (HALF_FRACTION + fraction) * 2 ** (exponent - HALF_BIAS_EXPONENT);
}

function textReader({ kind, itemBytes, isBigEndian, data }: NpyArray): (offset: number) => string {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (kind === 'S') {
    return (offset) =>
      Buffer.from(data.subarray(offset, offset + itemBytes))
        .toString()
        .replace(/\0+$/, '');
  }
  return (offset) => {
    const points = Array.from({ length: itemBytes / 4 }, (_, i) =>
      view.getUint32(offset + 4 * i, !isBigEndian),
    );
    return String.fromCodePoint(...points.filter((point) => point !== 0));
  };
}
