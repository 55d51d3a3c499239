const { abs, exp, log, PI, sqrt, SQRT1_2 } = Math;

const SERIES_UP_TO = 2;
const TWO_OVER_SQRT_PI = 2 / sqrt(PI);

/** erf by its series of positive terms (DLMF 7.6.2), which loses no digits for |x| < 2. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; abs(term) > 1e-17 * abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return TWO_OVER_SQRT_PI * exp(-x * x) * sum;
}

/** erfc by its continued fraction (DLMF 7.9.2) for x >= 2, evaluated from the tail. */
function erfcFraction(x: number): number {
  let tail = 0;
  for (let n = 120; n >= 1; n--) tail = n / 2 / (x + tail);
  return exp(-x * x) / (sqrt(PI) * (x + tail));
}

/** The probability that a standard normal exceeds z, accurate in the tail. */
export function normalSurvival(z: number): number {
  const x = z * SQRT1_2;
  if (x >= SERIES_UP_TO) return 0.5 * erfcFraction(x);
  if (x <= -SERIES_UP_TO) return 1 - 0.5 * erfcFraction(-x);
  return 0.5 * (1 - erfSeries(x));
}

/** Two-sided p-value of a standard normal. */
export const normalTwoSidedP = (z: number): number => Math.min(1, 2 * normalSurvival(abs(z)));

/** The z that a standard normal stays below with probability p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? Number.NEGATIVE_INFINITY : p === 1 ? Number.POSITIVE_INFINITY : Number.NaN;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  // Abramowitz and Stegun 26.2.23 to start from, then Halley's method on the exact tail.
  const u = sqrt(-2 * log(tail));
  let z = u - (2.515517 + u * (0.802853 + 0.010328 * u)) / (1 + u * (1.432788 + u * (0.189269 + 0.001308 * u)));
  for (let step = 0; step < 4; step++) {
    const density = exp((-z * z) / 2) / sqrt(2 * PI);
    const ratio = (normalSurvival(z) - tail) / density;
    z += ratio / (1 - (z * ratio) / 2);
  }
  return p < 0.5 ? -z : z;
}
