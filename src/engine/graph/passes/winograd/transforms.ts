/**
 * Images and filters to the side of the products and back, as matrix products with constants. In tiles, an image is
 * [36, tiles x N, C]: for each of the 6 x 6 positions in a tile a matrix, ready to be multiplied.
 */
import type { GraphBuilder } from '../../builder';
import type { Value } from '../../graph';
import { alongAxis, FILTER, INPUTS, kronecker, tilesOf, type Matrix, type TileTransform } from './matrices';

const POSITIONS = INPUTS * INPUTS;

/** Appends transforms to a graph; each matrix is in it once, so that equal transforms are one node. */
export class Transforms {
  readonly #builder: GraphBuilder;
  readonly #matrices = new Map<string, Value>();

  constructor(builder: GraphBuilder) {
    this.#builder = builder;
  }

  /** x [N, H, W, C] to tiles. */
  toTiles(x: Value, transform: TileTransform): Value {
    const [count, height, width, channels] = x.shape;
    const [down, across] = [tilesOf(height), tilesOf(width)];
    const rest = count * channels;
    const image = this.#transpose(x, [1, 2, 0, 3]);
    const rows = this.product(this.#axis(transform, height), this.#reshape(image, [height, width * rest]));
    const cells = this.#reshape(rows, [INPUTS * down, width, rest]);
    const columns = this.product(this.#axis(transform, width), cells);
    const blocks = this.#reshape(columns, [INPUTS, down, INPUTS, across * rest]);
    return this.#reshape(this.#transpose(blocks, [0, 2, 1, 3]), [POSITIONS, down * across * count, channels]);
  }

  /** Tiles to an image [N, H, W, C] by the transposed transform; where tiles overlap they are added. */
  fromTiles(tiles: Value, transform: TileTransform, shape: readonly number[]): Value {
    const [count, height, width, channels] = shape;
    const [down, across] = [tilesOf(height), tilesOf(width)];
    const rest = count * channels;
    const blocks = this.#transpose(this.#reshape(tiles, [INPUTS, INPUTS, down, across * rest]), [0, 2, 1, 3]);
    const cells = this.#reshape(blocks, [INPUTS * down, INPUTS * across, rest]);
    const columns = this.product(this.#axis(transform, width), cells, { transposeA: true });
    const rows = this.#reshape(columns, [INPUTS * down, width * rest]);
    const image = this.product(this.#axis(transform, height), rows, { transposeA: true });
    return this.#transpose(this.#reshape(image, [height, width, count, channels]), [2, 0, 1, 3]);
  }

  /** A filter [3, 3, C, K] to [36, C, K]. */
  toProducts(filter: Value): Value {
    const [height, width, inputs, outputs] = filter.shape;
    const taps = this.#reshape(filter, [height * width, inputs * outputs]);
    return this.#reshape(this.product(this.#filter(), taps), [POSITIONS, inputs, outputs]);
  }

  /** [36, C, K] to a filter [3, 3, C, K] by the transposed transform. */
  fromProducts(products: Value, shape: readonly number[]): Value {
    const flat = this.#reshape(products, [POSITIONS, shape[2] * shape[3]]);
    return this.#reshape(this.product(this.#filter(), flat, { transposeA: true }), shape);
  }

  /** A product of matrices, or of as many as there are. */
  product(a: Value, b: Value, { transposeA = false, transposeB = false } = {}): Value {
    return this.#builder.add('MatMul', [a, b], { transposeA, transposeB });
  }

  #axis(transform: TileTransform, extent: number): Value {
    return this.#matrix(`axis ${transform.start} ${extent}`, () => alongAxis(transform, extent));
  }

  #filter(): Value {
    return this.#matrix('filter', () => kronecker(FILTER, FILTER));
  }

  /** The builder does not compare long constants. */
  #matrix(key: string, make: () => Matrix): Value {
    const known = this.#matrices.get(key);
    if (known !== undefined) return known;
    const rows = make();
    const made = this.#builder.constant(
      Float32Array.from(rows.flat()),
      [rows.length, rows[0].length],
      'float32',
    );
    this.#matrices.set(key, made);
    return made;
  }

  #reshape(x: Value, shape: readonly number[]): Value {
    return this.#builder.add('Reshape', [x], { shape });
  }

  #transpose(x: Value, permutation: readonly number[]): Value {
    return this.#builder.add('Transpose', [x], { permutation });
  }
}
