/** Vectors as readers give them and maps take them. */

/** Vectors of one embedding, one row a sample. */
export interface Vectors {
  /** [count, dimensions]. */
  readonly values: Float32Array;
  readonly count: number;
  readonly dimensions: number;
}
