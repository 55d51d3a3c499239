import { incompleteBeta } from './incomplete-beta.js';
import { normalQuantile } from './normal.js';

/**
 * Two-sided p-value of Student's t: I_x(df/2, 1/2) with x = df / (df + t²) (DLMF 8.17, Abramowitz and Stegun 26.7.1).
 * Accurate to about 1e-12 relative also where p is 1e-300. NaN where there is no degree of freedom.
 */
export function tTwoSidedP(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || Number.isNaN(t)) return Number.NaN;
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  const sum = degreesOfFreedom + square;
  return incompleteBeta(degreesOfFreedom / 2, 0.5, degreesOfFreedom / sum, square / sum);
}

/**
 * Two-sided p-value of a (partial) correlation r against zero, which is that of t = r √(df / (1 - r²)), taken without
 * dividing by 1 - r². `degreesOfFreedom` is n - 2 less the number of conditions; NaN where there is none.
 */
export function correlationP(r: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || Number.isNaN(r)) return Number.NaN;
  return incompleteBeta(degreesOfFreedom / 2, 0.5, (1 - r) * (1 + r), r * r);
}

/** The t that a two-sided test exceeds with probability `p`, 0 < p < 1: what an interval of level 1 - p is built from. */
export function tCritical(p: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0) || !(p > 0 && p < 1)) return Number.NaN;
  let low = 0;
  let high = Math.max(1, normalQuantile(1 - p / 2));
  while (tTwoSidedP(high, degreesOfFreedom) > p) high *= 2;
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (tTwoSidedP(middle, degreesOfFreedom) > p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
