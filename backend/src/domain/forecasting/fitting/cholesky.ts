/**
 * Solves `matrix x = right` for a symmetric positive definite matrix, row-major, by its Cholesky factor (Golub and Van
 * Loan, Matrix Computations, algorithm 4.2.1).
 * @throws RangeError where the matrix is not positive definite
 */
export function solvePositive(matrix: Float64Array, right: Float64Array, size: number): Float64Array {
  const factor = matrix.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = factor[row * size + column]!;
      for (let k = 0; k < column; k++) sum -= factor[row * size + k]! * factor[column * size + k]!;
      if (column < row) factor[row * size + column] = sum / factor[column * size + column]!;
      else if (sum > 0) factor[row * size + row] = Math.sqrt(sum);
      else throw new RangeError('the matrix is not positive definite');
    }
  }
  const x = right.slice();
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) x[row]! -= factor[row * size + k]! * x[k]!;
    x[row] = x[row]! / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) x[row]! -= factor[k * size + row]! * x[k]!;
    x[row] = x[row]! / factor[row * size + row]!;
  }
  return x;
}
