/** Numbers over columns in which NaN marks a missing value. */

/** Rounds to the nearest whole number, ties to the even one (IEC 60559). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/**
 * Mean of the present values in `[from, to)`; NaN where there is none. Summed as distances from the first value, which
 * loses no digits to the size of the values.
 */
export function meanOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let origin = Number.NaN;
  let sum = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (count++ === 0) origin = value;
    else sum += value - origin;
  }
  return origin + sum / count;
}

/** Standard deviation (n - 1) of the present values in `[from, to)`; NaN below two of them. */
export function sdOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let origin = Number.NaN;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let i = from; i < to; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    if (count++ === 0) origin = value;
    const distance = value - origin;
    sum += distance;
    squares += distance * distance;
  }
  return count < 2 ? Number.NaN : Math.sqrt(Math.max(0, squares - (sum * sum) / count) / (count - 1));
}
