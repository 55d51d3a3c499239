import type { Comparison } from './pair-distance.js';
import { PlainSweep } from './plain-sweep.js';
import { ShapeSweep } from './shape-sweep.js';
import { SimdSweep } from './simd/simd-sweep.js';
import type { SweepRun } from './sweep.js';
import type { Windows } from './windows.js';

/** Below so many pairs, assembling the kernel takes longer than the pairs. */
const WORTH_A_KERNEL = 2_000_000;

/** The fastest sweep for a task; all sweeps for it find the same. */
export function openSweep(rows: Windows, columns: Windows, k: number, comparison: Comparison): SweepRun {
  if (rows.count * columns.count > WORTH_A_KERNEL) return new SimdSweep(rows, columns, k, comparison);
  return comparison === 'plain' ? new PlainSweep(rows, columns, k) : new ShapeSweep(rows, columns, k);
}
