/** From raw numbers to vectors that a map can be made of: bounded, finite, with a word about what was left out. */
import { formatBytes, formatCount } from '../../domain/display/format';
import { HumanError } from '../../domain/errors';
import type { Vectors } from '../../domain/maps/vectors';
import type { LoadedVectors } from './source';

/** The most that the vectors of one epoch may take in memory. */
export const MOST_VECTOR_BYTES = 2 ** 31;

/** Throws HumanError if a table is empty, or too large to be held. `name` begins the sentence. */
export function checkSize(name: string, { count, dimensions }: Pick<Vectors, 'count' | 'dimensions'>): void {
  if (count === 0 || dimensions === 0) {
    throw new HumanError(`${name} has no vectors (${count} x ${dimensions}): give a file with vectors.`);
  }
  const bytes = count * dimensions * Float32Array.BYTES_PER_ELEMENT;
  if (bytes > MOST_VECTOR_BYTES) {
    throw new HumanError(
      `${name} has ${formatCount(count)} vectors of ${formatCount(dimensions)} dimensions, ${formatBytes(bytes)}, more than the ${formatBytes(MOST_VECTOR_BYTES)} that can be held: write fewer rows or dimensions.`,
    );
  }
}

/** Leaves out rows that are not finite. Throws HumanError if none is left. `name` begins the sentences. */
export function finiteRows(name: string, { values, count, dimensions }: Vectors): LoadedVectors {
  const kept = Int32Array.from({ length: count }, (_, row) => row).filter((row) =>
    isFiniteRow(values, row * dimensions, dimensions),
  );
  if (kept.length === 0) {
    throw new HumanError(`${name} has no row without NaN, infinite or missing values: write finite vectors.`);
  }
  const left = count - kept.length;
  const packed = left === 0 ? values : pack(values, kept, dimensions);
  const zeros = zeroRows(packed, kept.length, dimensions);
  const notes = [
    ...(left === 0 ? [] : [`${name}: ${rowsWord(left)} with NaN, infinite or missing values left out.`]),
    ...(zeros === 0 ? [] : [`${name}: ${rowsWord(zeros)} of zeros, which have no direction.`]),
  ];
  return { values: packed, count: kept.length, dimensions, rows: kept, notes };
}

function rowsWord(count: number): string {
  return count === 1 ? '1 row' : `${formatCount(count)} rows`;
}

function isFiniteRow(values: Float32Array, from: number, length: number): boolean {
  for (let i = from; i < from + length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}

function zeroRows(values: Float32Array, count: number, dimensions: number): number {
  let zeros = 0;
  for (let row = 0; row < count; row++) {
    let i = 0;
    while (i < dimensions && values[row * dimensions + i] === 0) i++;
    if (i === dimensions) zeros++;
  }
  return zeros;
}

function pack(values: Float32Array, rows: Int32Array, dimensions: number): Float32Array {
  const packed = new Float32Array(rows.length * dimensions);
  rows.forEach((row, place) => {
    packed.set(values.subarray(row * dimensions, (row + 1) * dimensions), place * dimensions);
  });
  return packed;
}
