import { normalQuantile } from './normal.js';

/**
 * Pearson's correlation over the places that hold both, -1..1; 0 where either does not change. NaN is a missing value.
 * Its test is `correlationP` with two degrees of freedom less than the samples.
 */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): { correlation: number; samples: number } {
  let samples = 0;
  let [meanX, meanY, xx, yy, xy] = [0, 0, 0, 0, 0];
  // Welford's updates: no difference of large sums.
  for (let place = 0; place < y.length; place++) {
    const a = x[place] ?? Number.NaN;
    const b = y[place] ?? Number.NaN;
    if (a !== a || b !== b) continue;
    samples++;
    const dx = a - meanX;
    const dy = b - meanY;
    meanX += dx / samples;
    meanY += dy / samples;
    xx += dx * (a - meanX);
    yy += dy * (b - meanY);
    xy += dx * (b - meanY);
  }
  const correlation = xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))) : 0;
  return { correlation, samples };
}

/** 95 % interval of a correlation by Fisher's transformation. */
export function fisherInterval(correlation: number, samples: number): { low: number; high: number } | null {
  if (!(samples > 3)) return null;
  const middle = Math.atanh(correlation);
  const margin = normalQuantile(0.975) / Math.sqrt(samples - 3);
  return { low: Math.tanh(middle - margin), high: Math.tanh(middle + margin) };
}
