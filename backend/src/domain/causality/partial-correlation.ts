/** A pivot below this share of a variable's variance is what others explain of it but for rounding. */
const SMALLEST_PIVOT = 1e-11;

/**
 * Partial correlations out of a matrix of correlations, by Cholesky factorisation with the conditions first. With L its
 * factor, the residuals of x and y on the conditions have the covariance of the last 2 × 2 block, so their correlation is
 * L[y,x] / √(L[y,x]² + L[y,y]²): equal to the correlation of the residuals of ordinary least squares, and never beyond ±1.
 *
 * A condition that the earlier ones explain adds nothing and is passed over. Where the conditions explain x or y in full,
 * nothing is left to correlate: null.
 *
 * `correlations` is symmetric and row-major with `size` columns; `order` says which of its variables are meant.
 */
export class PartialCorrelation {
  private factor = new Float64Array(32 * 32);

  /** Of the last two variables in `order` given all before them; null where nothing is left to correlate. */
  of(correlations: Float64Array, size: number, order: ArrayLike<number>): number | null {
    const count = order.length;
    const left = this.factorise(correlations, size, order, count - 1);
    if (left === null) return null;
    const own = correlations[order[count - 1]! * (size + 1)]!;
    const shared = this.factor[count * count - 2]!;
    const given = left + shared * shared;
    if (!(given > SMALLEST_PIVOT * own)) return null;
    return Math.max(-1, Math.min(1, shared / Math.sqrt(given)));
  }

  /** The share (0..1) of the last variable's variance that those before it leave unexplained. */
  unexplained(correlations: Float64Array, size: number, order: ArrayLike<number>): number {
    return Math.max(0, this.factorise(correlations, size, order, order.length) ?? 0);
  }

  /**
   * Fills the factor and returns what is left of the variance of the last variable.
   * @param needed the variable before this place must keep some variance of its own, or the answer is null
   */
  private factorise(correlations: Float64Array, size: number, order: ArrayLike<number>, needed: number): number | null {
    const count = order.length;
    if (this.factor.length < count * count) this.factor = new Float64Array(4 * count * count);
    const L = this.factor;
    let left = 0;
    for (let row = 0; row < count; row++) {
      const from = order[row]! * size;
      const at = row * count;
      const own = correlations[from + order[row]!]!;
      left = own;
      for (let column = 0; column < row; column++) {
        const other = column * count;
        const pivot = L[other + column]!;
        let sum = correlations[from + order[column]!]!;
        for (let k = 0; k < column; k++) sum -= L[at + k]! * L[other + k]!;
        // What was passed over has pivot 0.
        const entry = pivot === 0 ? 0 : sum / pivot;
        L[at + column] = entry;
        left -= entry * entry;
      }
      const hasOwn = left > SMALLEST_PIVOT * own;
      if (row === needed - 1 && row < count - 1 && !hasOwn) return null;
      L[at + row] = hasOwn ? Math.sqrt(left) : 0;
    }
    return Math.max(0, left);
  }
}
