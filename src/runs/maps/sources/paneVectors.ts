/** The vectors of some rows of a pane: packed, with the row of each, and named by their bytes. */
import { createHash } from 'node:crypto';
import type { Vectors } from '../../../domain/maps/vectors';

/** Vectors and whose they are. */
export interface PaneVectors {
  readonly vectors: Vectors;
  /** Row of the pane of each vector, ascending. */
  readonly rows: Int32Array;
  /** SHA-256 of the values and their shape. */
  readonly hash: string;
}

/** Vectors under their hash. */
export function paneVectors(vectors: Vectors, rows: Int32Array): PaneVectors {
  return { vectors, rows, hash: hashOf([`${vectors.count}x${vectors.dimensions}`, vectors.values]) };
}

/** Those vectors whose row is wanted; all without a choice. `wanted` ascends. */
export function chosenVectors(all: PaneVectors, wanted: Int32Array | null): PaneVectors {
  if (wanted === null) return all;
  const isWanted = new Set(wanted);
  const places = Int32Array.from(all.rows.keys()).filter((place) => isWanted.has(all.rows[place] ?? -1));
  if (places.length === all.rows.length) return all;
  const rows = places.map((place) => all.rows[place] ?? -1);
  return paneVectors(packedRows(all.vectors, places), rows);
}

/** These rows alone, in their order. */
export function packedRows({ values, dimensions }: Vectors, rows: Int32Array): Vectors {
  const packed = new Float32Array(rows.length * dimensions);
  rows.forEach((row, n) =>
    packed.set(values.subarray(row * dimensions, (row + 1) * dimensions), n * dimensions),
  );
  return { values: packed, count: rows.length, dimensions };
}

/** SHA-256 over texts and arrays, in hexadecimal. */
export function hashOf(parts: readonly (string | Float32Array | Int32Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(`${part}\n`);
    else hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
}
