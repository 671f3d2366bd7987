/** Copies vectors into the rows of a space: at unit length, or about their mean and no longer than 1. */
import type { Vectors } from '../../domain/maps/vectors';
import { columnMeans } from '../columnMeans';

/** Where rows go: row-major, padded with zeros from `dimensions` to `width`. */
export interface Place {
  readonly values: Float32Array;
  readonly width: number;
}

/** Copies rows at unit length; a row of zeros stays one. Gives 1 for each row of zeros, 0 for the others. */
export function copyNormalised({ values, count, dimensions }: Vectors, place: Place): Uint8Array {
  const isZero = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const from = row * dimensions;
    let squares = 0;
    for (let k = 0; k < dimensions; k++) squares += values[from + k] * values[from + k];
    if (squares === 0) isZero[row] = 1;
    const factor = squares === 0 ? 0 : 1 / Math.sqrt(squares);
    const to = row * place.width;
    for (let k = 0; k < dimensions; k++) place.values[to + k] = values[from + k] * factor;
  }
  return isZero;
}

/**
 * Copies rows less their mean, scaled so that the longest has length 1: products of values near the limits of float32
 * stay finite, and those of a cloud far from the origin keep their digits. Gives the factor that was applied.
 */
export function copyCentred(vectors: Vectors, place: Place): number {
  const { values, count, dimensions } = vectors;
  const mean = columnMeans(vectors);
  const factor = 1 / (longest(vectors, mean) || 1);
  for (let row = 0; row < count; row++) {
    const from = row * dimensions;
    const to = row * place.width;
    for (let k = 0; k < dimensions; k++) place.values[to + k] = (values[from + k] - mean[k]) * factor;
  }
  return factor;
}

function longest({ values, count, dimensions }: Vectors, mean: Float64Array): number {
  let most = 0;
  for (let row = 0, at = 0; row < count; row++) {
    let squares = 0;
    for (let k = 0; k < dimensions; k++, at++) {
      const value = values[at] - mean[k];
      squares += value * value;
    }
    most = Math.max(most, squares);
  }
  return Math.sqrt(most);
}
