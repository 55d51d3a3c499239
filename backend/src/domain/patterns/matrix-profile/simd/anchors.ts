import { covariance } from '../shape-sweep.js';
import type { Windows } from '../windows.js';

/**
 * `covariance` of one row with the columns from `column` on, into `into`; 0 beyond the last. Four at a time, since each
 * sum waits for itself; every one is added up in the same order, so the bits are the same.
 */
export function anchorCovariances(
  rows: Windows,
  row: number,
  columns: Windows,
  column: number,
  into: Float64Array,
): void {
  const { m, samples: a } = rows;
  const { samples: b, means, count } = columns;
  const meanA = rows.means[row]!;
  const last = Math.min(into.length, count - column);
  let at = 0;
  for (; at + 4 <= last; at += 4) {
    const j = column + at;
    const [mean0, mean1, mean2, mean3] = [means[j]!, means[j + 1]!, means[j + 2]!, means[j + 3]!];
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let t = 0; t < m; t++) {
      const x = a[row + t]! - meanA;
      sum0 += x * (b[j + t]! - mean0);
      sum1 += x * (b[j + t + 1]! - mean1);
      sum2 += x * (b[j + t + 2]! - mean2);
      sum3 += x * (b[j + t + 3]! - mean3);
    }
    into[at] = sum0;
    into[at + 1] = sum1;
    into[at + 2] = sum2;
    into[at + 3] = sum3;
  }
  for (; at < last; at++) into[at] = covariance(rows, row, columns, column + at);
  into.fill(0, Math.max(0, last));
}
