/**
 * The matrices of Winograd's F(4, 3): four outputs of a filter with three taps, from six inputs, by six products.
 * y = A^T (G w * B^T x) for a tile x of six values; each matrix is applied along rows and along columns of an image
 * (Lavin and Gray, arXiv 1509.09308).
 */

/** Rows of numbers. */
export type Matrix = readonly (readonly number[])[];

/** Values of a tile along one axis: outputs, and inputs, of which there are two more. */
export const OUTPUTS = 4;
export const INPUTS = 6;
const TAPS = 3;

/**
 * Where the polynomials are evaluated, beside infinity. Any five numbers compute the same; these give half the
 * rounding error of the usual 0, 1, -1, 2, -2, whose matrices save multiplications where they are unrolled by hand.
 */
const POINTS = [0, 0.75, -0.75, 1.5, -1.5];

/** G [6, 3], which takes a filter's taps to the products' side. */
export const FILTER: Matrix = [
  ...POINTS.map((point) => powers(point, TAPS).map((power) => power / distances(point))),
  [0, 0, 1],
];

/** A tile's transform and where the tile starts, relative to its first output. */
export interface TileTransform {
  readonly matrix: Matrix;
  readonly start: number;
}

/** B^T [6, 6], which takes a tile of the input there. */
export const INPUT_TILE: TileTransform = {
  matrix: [...POINTS.map((point) => [...polynomial(others(point)), 0]), polynomial(POINTS)],
  start: -1,
};

/** A [6, 4], whose transpose brings the outputs back. */
export const OUTPUT_TILE: TileTransform = {
  matrix: [...POINTS.map((point) => powers(point, OUTPUTS)), [0, 0, 0, 1]],
  start: 0,
};

/** Tiles along an axis; the last may reach beyond it. */
export function tilesOf(extent: number): number {
  return Math.ceil(extent / OUTPUTS);
}

/**
 * One matrix [6 tiles, extent] that transforms all tiles along an axis, tile by tile within each of the six rows.
 * Tiles overlap where the matrix says so; what is outside the image is zero and has no column.
 */
export function alongAxis({ matrix, start }: TileTransform, extent: number): Matrix {
  const tiles = tilesOf(extent);
  return matrix.flatMap((row) =>
    Array.from({ length: tiles }, (_, tile) =>
      Array.from({ length: extent }, (_, position) => row[position - start - tile * OUTPUTS] ?? 0),
    ),
  );
}

/** The Kronecker product: `a` along the rows of an image and `b` along its columns, both flattened. */
export function kronecker(a: Matrix, b: Matrix): Matrix {
  return a.flatMap((rowA) => b.map((rowB) => rowA.flatMap((x) => rowB.map((y) => x * y))));
}

function others(point: number): number[] {
  return POINTS.filter((other) => other !== point);
}

function powers(point: number, count: number): number[] {
  return Array.from({ length: count }, (_, exponent) => point ** exponent);
}

function distances(point: number): number {
  return others(point).reduce((product, other) => product * (point - other), 1);
}

/** Coefficients of the polynomial with these roots, lowest power first. */
function polynomial(roots: readonly number[]): number[] {
  return roots.reduce<number[]>(
    (factor, root) =>
      Array.from(
        { length: factor.length + 1 },
        (_, power) => (factor[power - 1] ?? 0) - root * (factor[power] ?? 0),
      ),
    [1],
  );
}
