import { logBeta } from './gamma.js';

const { abs, exp, log, log1p } = Math;

const MOST_TERMS = 10_000;
const TINY = 1e-300;
const PRECISION = 1e-16;

/** ln of a number in (0, 1] whose distance to one is known exactly. */
const logOf = (value: number, rest: number): number => (rest < 0.5 ? log1p(-rest) : log(value));

/**
 * The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22, evaluated by Lentz's method
 * as modified by Thompson and Barnett 1986), on the side of the mean where it converges fast.
 * @param rest 1 - x, given apart so that no digits are lost where x is close to one
 */
export function incompleteBeta(a: number, b: number, x: number, rest: number): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  const front = exp(a * logOf(x, rest) + b * logOf(rest, x) - logBeta(a, b));
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(a, b, x)) / a
    : 1 - (front * continuedFraction(b, a, rest)) / b;
}

function continuedFraction(a: number, b: number, x: number): number {
  let c = 1;
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / awayFromZero(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / awayFromZero(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const factor = d * c;
    value *= factor;
    if (abs(factor - 1) < PRECISION) break;
  }
  return value;
}

const awayFromZero = (value: number): number => (abs(value) < TINY ? TINY : value);
