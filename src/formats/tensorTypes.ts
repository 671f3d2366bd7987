/**
 * The element types of stored tensors, and how each is read: as float32 or int32, the two types that engines take.
 * Half types widen without loss; 64-bit numbers are narrowed, integers only where they fit.
 */

/** A tensor's values as they are worked with. */
export type ReadValues =
  | { readonly dtype: 'float32'; readonly values: Float32Array }
  | { readonly dtype: 'int32'; readonly values: Int32Array };

/** How tensors of an element type are read. */
export interface StoredType {
  /** Of one element. */
  readonly bytes: number;
  /** The values of an aligned buffer of its own. Throws RangeError for an integer beyond 32 bits. */
  read(buffer: ArrayBuffer): ReadValues;
}

const TYPES: Readonly<Record<string, StoredType | undefined>> = {
  F64: { bytes: 8, read: (buffer) => floats(Float32Array.from(new Float64Array(buffer))) },
  F32: { bytes: 4, read: (buffer) => floats(new Float32Array(buffer)) },
  F16: { bytes: 2, read: (buffer) => floats(Float32Array.from(new Uint16Array(buffer), fromFloat16)) },
  BF16: { bytes: 2, read: (buffer) => floats(fromBfloat16(new Uint16Array(buffer))) },
  I64: { bytes: 8, read: (buffer) => integers(Int32Array.from(new BigInt64Array(buffer), toInt32)) },
  I32: { bytes: 4, read: (buffer) => integers(new Int32Array(buffer)) },
};

/** The reader of an element type by its name in a safetensors header; undefined for one that is not read. */
export function storedType(name: string): StoredType | undefined {
  return Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
}

/** Names of all element types that are read. */
export const STORED_TYPE_NAMES: readonly string[] = Object.keys(TYPES);

function floats(values: Float32Array): ReadValues {
  return { dtype: 'float32', values };
}

function integers(values: Int32Array): ReadValues {
  return { dtype: 'int32', values };
}

/** IEEE 754 binary16: sign, five bits of exponent (bias 15), ten of fraction. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** The upper half of a float32. */
function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}

function toInt32(value: bigint): number {
  const number = Number(value);
  if (number !== (number | 0))
    throw new RangeError(`A tensor of type I64 holds ${value}, which is beyond 32 bits`);
  return number;
}
