/**
 * Rows of float32 in WebAssembly's memory, padded with zeros to whole vectors, of which any few are multiplied with any
 * few others at a time: one tile of products, read before the next is formed.
 */
import { HumanError } from '../../domain/errors';
import { productsModule, TILE_A, TILE_B, VECTOR_BYTES } from './products';
import { instantiate, makeMemory, MOST_PAGES, PAGE_BYTES, type Memory } from './webAssembly';

/** Rows that each side of a tile may have. */
export const MOST_TILE_ROWS = 128;
const WORD = 4;
const WORKSPACE_BYTES = (2 * MOST_TILE_ROWS + MOST_TILE_ROWS * MOST_TILE_ROWS) * WORD;

/** Rows by number, of which the first `length` count. */
export interface RowList {
  readonly rows: Int32Array;
  length: number;
}

/** An empty list with room for a side of a tile. */
export function makeRowList(): RowList {
  return { rows: new Int32Array(MOST_TILE_ROWS), length: 0 };
}

/** Makes a list the rows from `first` on, as many as a tile takes and there are. */
export function fillInOrder(list: RowList, first: number, count: number): void {
  list.length = Math.min(MOST_TILE_ROWS, count - first);
  for (let i = 0; i < list.length; i++) list.rows[i] = first + i;
}

/** A table of rows, at first zeros, and the products of some of them. */
export class Tiles {
  /** [count, width]: to be filled by the user. */
  readonly values: Float32Array;
  /** Dimensions rounded up to whole vectors. */
  readonly width: number;
  /** Products of the last tile, [rows of a, stride]. */
  readonly products: Float32Array;
  /** Products that a row of the last tile takes. */
  stride = 0;
  private readonly addresses: Uint32Array;
  private readonly run: (...integers: number[]) => void;

  /** Throws HumanError where the rows are more than 32 bits of addresses reach. */
  constructor(
    readonly count: number,
    dimensions: number,
  ) {
    this.width = (VECTOR_BYTES / WORD) * Math.ceil((dimensions * WORD) / VECTOR_BYTES);
    const bytes = count * this.width * WORD;
    const memory = memoryFor(bytes + WORKSPACE_BYTES);
    this.values = new Float32Array(memory.buffer, 0, bytes / WORD);
    this.addresses = new Uint32Array(memory.buffer, bytes, 2 * MOST_TILE_ROWS);
    this.products = new Float32Array(
      memory.buffer,
      bytes + this.addresses.byteLength,
      MOST_TILE_ROWS * MOST_TILE_ROWS,
    );
    this.run = instantiate(productsModule(), memory);
  }

  /** Forms the products of two lists, neither empty: that of a[i] and b[j] is products[i * stride + j]. */
  multiply(a: RowList, b: RowList): void {
    this.stride = this.writeAddresses(b, MOST_TILE_ROWS, TILE_B);
    const ofA = this.addresses.byteOffset;
    const endOfA = ofA + this.writeAddresses(a, 0, TILE_A) * WORD;
    const ofB = ofA + MOST_TILE_ROWS * WORD;
    this.run(ofA, endOfA, ofB, ofB + this.stride * WORD, this.width * WORD, this.products.byteOffset);
  }

  /** Writes where rows begin, and the first row again until the list fills its last tile; gives the length then. */
  private writeAddresses({ rows, length }: RowList, at: number, tile: number): number {
    const rowBytes = this.width * WORD;
    const padded = tile * Math.ceil(length / tile);
    for (let i = 0; i < padded; i++) this.addresses[at + i] = rows[i < length ? i : 0] * rowBytes;
    return padded;
  }
}

function memoryFor(bytes: number): Memory {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  if (pages > MOST_PAGES) {
    throw new HumanError('These vectors take more than 4 GB of memory: choose a sample of them.');
  }
  return makeMemory(pages);
}
