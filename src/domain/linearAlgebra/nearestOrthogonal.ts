/**
 * The orthogonal matrix nearest to a small square matrix: U V' of its singular value decomposition U S V' (Schönemann,
 * 1966), whose V are the eigenvectors of the Gram matrix. Directions in which the matrix is zero are filled up.
 */
import { dot } from './dot';
import { symmetricEigen } from './symmetricEigen';

/** Images shorter than this share of the longest are rounding: V comes from a square, which halves the digits. */
const RANK_TOLERANCE = 1e-7;
/** Of some axis more than this is left beside any one or two other directions of space. */
const AXIS_LEFT = 0.5;

/**
 * The orthogonal matrix Q with the largest trace of Q' M; it may mirror. What a matrix without full rank leaves open is
 * chosen so that nothing is mirrored; for the zero matrix Q is the unit matrix.
 * @param matrix M, row-major [size, size], of size 3 at most
 */
export function nearestOrthogonal(matrix: Float64Array, size: number): Float64Array {
  const { values, vectors } = symmetricEigen(columnProducts(matrix, size), size);
  const longest = Math.sqrt(Math.max(0, values[0]));
  if (longest === 0) return unitMatrix(size);
  const left: Float64Array[] = [];
  let isOpen = false;
  for (let k = 0; k < size; k++) {
    const rest = atRightAngles(image(matrix, vectors.subarray(k * size, (k + 1) * size)), left);
    const isKnown = lengthOf(rest) > RANK_TOLERANCE * longest;
    left.push(isKnown ? unit(rest) : freeDirection(left, size));
    isOpen ||= !isKnown;
  }
  const turn = outerProducts(left, vectors);
  if (!isOpen || determinant(turn, size) > 0) return turn;
  return outerProducts([...left.slice(0, -1), left[size - 1].map((value) => -value)], vectors);
}

/** Row-major [size, size]. */
export function unitMatrix(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
}

/** M' M. */
function columnProducts(matrix: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let row = 0; row < size; row++) sum += matrix[row * size + i] * matrix[row * size + j];
    return sum;
  });
}

/** Sum over k of u_k v_k'. */
function outerProducts(left: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = left.length;
  return Float64Array.from({ length: size * size }, (_, at) =>
    left.reduce((sum, u, k) => sum + u[Math.floor(at / size)] * right[k * size + (at % size)], 0),
  );
}

function image(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  return vector.map((_, i) => dot(matrix.subarray(i * size, (i + 1) * size), vector));
}

/** An axis, less what it shares with the directions there are. */
function freeDirection(directions: readonly Float64Array[], size: number): Float64Array {
  for (let k = 0; k < size - 1; k++) {
    const rest = atRightAngles(unitMatrix(size).subarray(k * size, (k + 1) * size), directions);
    if (lengthOf(rest) > AXIS_LEFT) return unit(rest);
  }
  return unit(atRightAngles(unitMatrix(size).subarray((size - 1) * size), directions));
}

function atRightAngles(vector: Float64Array, directions: readonly Float64Array[]): Float64Array {
  return directions.reduce((rest, direction) => {
    const share = dot(rest, direction);
    return rest.map((value, k) => value - share * direction[k]);
  }, vector);
}

function determinant(m: Float64Array, size: number): number {
  if (size === 1) return m[0];
  if (size === 2) return m[0] * m[3] - m[1] * m[2];
  const minor = (i: number, j: number): number => m[3 + i] * m[6 + j] - m[3 + j] * m[6 + i];
  return m[0] * minor(1, 2) - m[1] * minor(0, 2) + m[2] * minor(0, 1);
}

function unit(vector: Float64Array): Float64Array {
  const length = lengthOf(vector);
  return vector.map((value) => value / length);
}

function lengthOf(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}
