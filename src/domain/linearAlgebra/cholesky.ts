/** Linear equations with a symmetric positive definite matrix, by Cholesky's factor (Golub and Van Loan, 4.2). */

/**
 * The solutions x of A x = b for each row b, row-major like `rows`. Throws RangeError where A is not positive definite.
 * @param matrix A, row-major [size, size]; its lower triangle counts and becomes the factor
 * @param rows row-major [rows, size]; become the solutions
 */
export function solvePositiveDefinite(matrix: Float64Array, size: number, rows: Float64Array): Float64Array {
  factorise(matrix, size);
  for (let start = 0; start < rows.length; start += size) {
    const row = rows.subarray(start, start + size);
    forwards(matrix, row);
    backwards(matrix, row);
  }
  return rows;
}

/** L with L L' = A, in the lower triangle. */
function factorise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (j < i) matrix[i * size + j] = sum / matrix[j * size + j];
      else if (sum > 0) matrix[i * size + i] = Math.sqrt(sum);
      else throw new RangeError('The matrix is not positive definite');
    }
  }
}

function forwards(factor: Float64Array, row: Float64Array): void {
  const size = row.length;
  for (let i = 0; i < size; i++) {
    let sum = row[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * row[k];
    row[i] = sum / factor[i * size + i];
  }
}

function backwards(factor: Float64Array, row: Float64Array): void {
  const size = row.length;
  for (let i = size - 1; i >= 0; i--) {
    row[i] /= factor[i * size + i];
    for (let k = 0; k < i; k++) row[k] -= factor[i * size + k] * row[i];
  }
}
