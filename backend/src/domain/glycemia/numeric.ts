/** Numbers over columns in which NaN marks a missing value. */

/** Rounds to the nearest whole number, ties to the even one (IEC 60559). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Two-pass mean of the present values in `[from, to)`; NaN where there is none. */
export function meanOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (value !== value) continue;
    sum += value;
    count++;
  }
  if (count === 0) return Number.NaN;
  const mean = sum / count;
  let residual = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (value === value) residual += value - mean;
  }
  return mean + residual / count;
}

/** Standard deviation (n - 1) of the present values in `[from, to)`; NaN below two of them. */
export function sdOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  const mean = meanOf(values, from, to);
  let squares = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (value !== value) continue;
    squares += (value - mean) * (value - mean);
    count++;
  }
  return count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1));
}

/** The present values of a column. */
export const presentOf = (values: Float64Array): Float64Array => values.filter((value) => value === value);

/** Median of the present values; NaN where there is none. */
export function medianOf(values: Float64Array): number {
  return quantileOfSorted(presentOf(values).sort(), 0.5);
}

/** Quantile by linear interpolation, type 7 of Hyndman and Fan 1996 (10.1080/00031305.1996.10473566). */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}
