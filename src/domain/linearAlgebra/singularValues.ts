/**
 * Singular values of a tall or wide table, as square roots of the eigenvalues of its smaller Gram matrix. Singular
 * values below about 1e-8 of the largest are rounding: the square halves the digits.
 */
import { symmetricEigenvalues } from './symmetricEigen';

const BLOCK_ROWS = 4;

/**
 * The min(samples, width) singular values in descending order.
 * @param rows row-major [samples, width]
 */
export function singularValues(rows: Float32Array, width: number): Float64Array {
  const samples = rows.length / width;
  const gram = samples < width ? rowGram(rows, width) : columnGram(rows, width);
  return symmetricEigenvalues(gram, Math.min(samples, width)).map((value) => Math.sqrt(Math.max(0, value)));
}

/** X X', [samples, samples]. */
export function rowGram(rows: Float32Array, width: number): Float64Array {
  const samples = rows.length / width;
  const gram = new Float64Array(samples * samples);
  for (let i = 0; i < samples; i++) {
    for (let j = 0; j <= i; j++) {
      let dot = 0;
      for (let k = 0; k < width; k++) dot += rows[i * width + k] * rows[j * width + k];
      gram[i * samples + j] = dot;
      gram[j * samples + i] = dot;
    }
  }
  return gram;
}

/** X' X, [width, width]; four rows at a time, because reading and writing the sums costs more than the products. */
export function columnGram(rows: Float32Array, width: number): Float64Array {
  const gram = new Float64Array(width * width);
  const block = new Float64Array(BLOCK_ROWS * width);
  for (let start = 0; start < rows.length; start += block.length) {
    block.fill(0);
    block.set(rows.subarray(start, start + block.length));
    addBlock(gram, block, width);
  }
  for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) gram[j * width + i] = gram[i * width + j];
  return gram;
}

function addBlock(gram: Float64Array, block: Float64Array, width: number): void {
  const [a, b, c, d] = [0, 1, 2, 3].map((row) => block.subarray(row * width, (row + 1) * width));
  for (let i = 0; i < width; i++) {
    const offset = i * width;
    const [ai, bi, ci, di] = [a[i], b[i], c[i], d[i]];
    for (let j = 0; j <= i; j++) gram[offset + j] += ai * a[j] + bi * b[j] + ci * c[j] + di * d[j];
  }
}
