/** A parameter that cannot be computed with. The message begins with the parameter's name. */
export class ParameterError extends RangeError {
  constructor(
    readonly parameter: string,
    problem: string,
  ) {
    super(`${parameter} ${problem}`);
  }
}

/** A whole number from `least` to `most`, or a `ParameterError` that names it. */
export function wholeNumber(parameter: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): number {
  if (!Number.isSafeInteger(value) || value < least || value > most) {
    const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new ParameterError(parameter, `is a whole number ${range}`);
  }
  return value;
}

/** The window length, 3 or more (shorter windows have no shape), that fits into a series of `length` samples. */
export function windowLength(m: number, length: number, series = 'T'): number {
  wholeNumber('m', m, 3);
  if (m > length) throw new ParameterError('m', `is ${m}, more than the ${length} samples of ${series}`);
  return m;
}

/** Neighbours this close in time are the window itself: `ceil(m / 4)` windows to either side. */
export const exclusionZone = (m: number): number => Math.ceil(m / 4);
