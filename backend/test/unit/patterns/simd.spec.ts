import fc from 'fast-check';
import type { Comparison } from '../../../src/domain/patterns/matrix-profile/pair-distance.js';
import { PlainSweep } from '../../../src/domain/patterns/matrix-profile/plain-sweep.js';
import { ShapeSweep } from '../../../src/domain/patterns/matrix-profile/shape-sweep.js';
import { SimdSweep } from '../../../src/domain/patterns/matrix-profile/simd/simd-sweep.js';
import {
  ANCHOR_ROWS,
  type Found,
  mergeFound,
  type SweepRun,
} from '../../../src/domain/patterns/matrix-profile/sweep.js';
import { type Windows, windowsOf } from '../../../src/domain/patterns/matrix-profile/windows.js';
import { sensorLike, walk } from './series.js';

const plain = ({ rows, columns }: Found) =>
  [rows, columns].map(({ scores, indices }) => ({ scores: [...scores], indices: [...indices] }));

function swept(sweep: SweepRun, from: number, to: number): Found {
  sweep.run(from, to);
  return sweep.found();
}

const inTypeScript = (comparison: Comparison, rows: Windows, columns: Windows, k: number): SweepRun =>
  comparison === 'plain' ? new PlainSweep(rows, columns, k) : new ShapeSweep(rows, columns, k);

describe.each(['shape', 'plain'] as const)('the WebAssembly kernel, comparing by %s', (comparison) => {
  it('finds, bit for bit, what the TypeScript finds in a series', () => {
    fc.assert(
      fc.property(sensorLike(10, 120), fc.integer({ min: 3, max: 9 }), fc.constantFrom(1, 1, 2, 5), (series, m, k) => {
        const windows = windowsOf(series, m);
        const bySimd = swept(new SimdSweep(windows, windows, k, comparison), 1, windows.count);
        expect(plain(bySimd)).toEqual(plain(swept(inTypeScript(comparison, windows, windows, k), 1, windows.count)));
      }),
      { numRuns: 100 },
    );
  });

  it('finds, bit for bit, what the TypeScript finds between two series of any lengths', () => {
    fc.assert(
      fc.property(sensorLike(10, 90), sensorLike(10, 90), fc.constantFrom(1, 3), (a, b, k) => {
        const [rows, columns] = [windowsOf(a, 5), windowsOf(b, 5)];
        const bySimd = swept(new SimdSweep(rows, columns, k, comparison), 0, columns.count);
        expect(plain(bySimd)).toEqual(plain(swept(inTypeScript(comparison, rows, columns, k), 0, columns.count)));
      }),
      { numRuns: 60 },
    );
  });

  it.each([1, 3])('does so beyond a block of rows and where covariances are computed anew (%i neighbours)', (k) => {
    const series = walk(ANCHOR_ROWS + 700, 17);
    for (const t of [300, 4000]) series[t] = Number.NaN;
    series.fill(100, 1000, 1040);
    const windows = windowsOf(series, 20);
    const range = [ANCHOR_ROWS - 3000, ANCHOR_ROWS - 3000 + 64] as const;
    for (const [from, to] of [[6, 70], range, [windows.count - 8, windows.count]] as const) {
      const bySimd = swept(new SimdSweep(windows, windows, k, comparison), from, to);
      expect(plain(bySimd)).toEqual(plain(swept(inTypeScript(comparison, windows, windows, k), from, to)));
    }
  });

  it('gives the same however the diagonals are shared out', () => {
    const series = walk(900, 4).map(Math.round);
    const windows = windowsOf(series, 6);
    const whole = swept(new SimdSweep(windows, windows, 1, comparison), 3, windows.count);
    for (const cut of [11, 403, 883]) {
      const late = swept(new SimdSweep(windows, windows, 1, comparison), cut, windows.count);
      const early = swept(new SimdSweep(windows, windows, 1, comparison), 3, cut);
      mergeFound(late, early);
      expect(plain(late)).toEqual(plain(whole));
    }
  });
});
