const { log, log1p, PI } = Math;

const SMALLEST_FOR_SERIES = 10;
const HALF_LOG_TWO_PI = 0.5 * log(2 * PI);

/** What Stirling's formula leaves out: DLMF 5.11.1, for x >= 10, where eight terms leave less than 1e-18. */
export function stirlingRest(x: number): number {
  const square = 1 / (x * x);
  const series =
    1 / 12 -
    square *
      (1 / 360 -
        square *
          (1 / 1260 - square * (1 / 1680 - square * (1 / 1188 - square * (691 / 360_360 - square * (1 / 156))))));
  return series / x;
}

/** ln Γ(x) for x > 0 to a few units in the last place: Stirling's series, reached by recurrence where x < 10. */
export function logGamma(x: number): number {
  let product = 1;
  let shifted = x;
  while (shifted < SMALLEST_FOR_SERIES) product *= shifted++;
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRest(shifted) - log(product);
}

/**
 * ln B(a, b) for a, b > 0. Where one argument is large, ln Γ(a) - ln Γ(a + b) is taken term by term, so that no digits are
 * lost to the size of either (DiDonato and Morris 1992, 10.1145/131766.131776, §5).
 */
export function logBeta(a: number, b: number): number {
  const large = Math.max(a, b);
  const small = Math.min(a, b);
  const sum = large + small;
  if (large < SMALLEST_FOR_SERIES) return logGamma(a) + logGamma(b) - logGamma(sum);
  const difference =
    small - (large - 0.5) * log1p(small / large) - small * log(sum) + stirlingRest(large) - stirlingRest(sum);
  return logGamma(small) + difference;
}
