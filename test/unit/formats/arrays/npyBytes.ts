/** Writes .npy files as NumPy's documentation of the format says. */

export interface NpyOptions {
  /** For example `<f4`. */
  readonly type: string;
  readonly shape: readonly number[];
  readonly order?: 'C' | 'Fortran';
  /** Major version of the format. */
  readonly version?: number;
}

/** A file with these bytes as its values. */
export function npyBytes(data: Uint8Array, { type, shape, order = 'C', version = 1 }: NpyOptions): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${type}', 'fortran_order': ${order === 'C' ? 'False' : 'True'}, 'shape': (${sizes}), }`;
  const lengthBytes = version === 1 ? 2 : 4;
  const start = 8 + lengthBytes;
  // Header and values together begin at a multiple of 64 bytes.
  const length = Math.ceil((start + text.length + 1) / 64) * 64 - start;
  const header = Buffer.alloc(start + length, ' ');
  header.write('\x93NUMPY', 'latin1');
  header.set([version, 0], 6);
  header.writeUIntLE(length, 8, lengthBytes);
  header.write(text, start);
  header[header.length - 1] = 0x0a;
  return Buffer.concat([header, data]);
}

/** The bytes of a typed array. */
export function bytesOf({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** An array of whole numbers of 64 bits, NumPy's own choice for labels. */
export function npyLabels(...labels: number[]): Buffer {
  return npyBytes(bytesOf(BigInt64Array.from(labels, BigInt)), { type: '<i8', shape: [labels.length] });
}

/** An array of 32-bit floats. */
export function npyFloats(values: readonly number[], shape: readonly number[]): Buffer {
  return npyBytes(bytesOf(Float32Array.from(values)), { type: '<f4', shape });
}
