/** Samples that a model looks back over, five minutes apart, the newest last: 11 h 55 min of differences. */
export const HISTORY_STEPS = 144;

/** Differences that the network sees one by one; older ones as means of half an hour. */
const SINGLE_LAGS = 47;
const BLOCK = 6;
const BLOCKS = (HISTORY_STEPS - 1 - SINGLE_LAGS) / BLOCK;
const LEVEL_CENTRE_MGDL = 120;
const CLOCK_INPUTS = 4;
const RESTLESSNESS_INPUTS = 4;
export const INPUTS = SINGLE_LAGS + BLOCKS + 1 + RESTLESSNESS_INPUTS + CLOCK_INPUTS;
const FIRST_CLOCK_INPUT = INPUTS - CLOCK_INPUTS;

/** mg/dL and minutes after local midnight; either may be a part of a larger array. */
export interface InputSource {
  /** `HISTORY_STEPS` values from `from` on, mg/dL, NaN where nothing is known; the last one is known. */
  readonly history: ArrayLike<number>;
  readonly from: number;
  /** `null` where the person's clock is not known. */
  readonly minuteOfDay: number | null;
}

/**
 * What the network sees, in mg/dL: differences from the last value, the level, how restless the curve was, and the time of
 * day. What is not known counts as though glucose had stayed at the next value that is, which makes its change zero.
 * Writes `INPUTS` numbers.
 */
export function writeInputs(
  { history, from, minuteOfDay }: InputSource,
  into: Float32Array | Float64Array,
  at: number,
) {
  const newest = from + HISTORY_STEPS - 1;
  const last = history[newest]!;
  let known = last;
  let previousStep = 0;
  let block = 0;
  let hourSteps = 0;
  let threeHourSteps = 0;
  let bends = 0;
  let sum = 0;
  let squares = 0;
  for (let lag = 1; lag < HISTORY_STEPS; lag++) {
    const value = history[newest - lag]!;
    const newer = known;
    if (value === value) known = value;
    const difference = known - last;
    const step = newer - known;
    sum += difference;
    squares += difference * difference;
    if (lag <= 36) threeHourSteps += Math.abs(step);
    if (lag <= 12) {
      hourSteps += Math.abs(step);
      if (lag > 1) bends += Math.abs(previousStep - step);
    }
    previousStep = step;
    if (lag <= SINGLE_LAGS) {
      into[at + lag - 1] = difference;
      continue;
    }
    block += difference;
    const place = lag - SINGLE_LAGS;
    if (place % BLOCK !== 0) continue;
    into[at + SINGLE_LAGS + place / BLOCK - 1] = block / BLOCK;
    block = 0;
  }
  let next = at + SINGLE_LAGS + BLOCKS;
  into[next++] = last - LEVEL_CENTRE_MGDL;
  into[next++] = hourSteps / 12;
  into[next++] = threeHourSteps / 36;
  into[next++] = bends / 11;
  into[next++] = Math.sqrt(Math.max(0, squares / HISTORY_STEPS - (sum / HISTORY_STEPS) ** 2));
  writeClock(minuteOfDay, into, next);
}

/** The clock as a point on a circle and on one that goes round twice a day; all zero where it is not known. */
function writeClock(minuteOfDay: number | null, into: Float32Array | Float64Array, at: number): void {
  const angle = ((minuteOfDay ?? 0) / 1440) * 2 * Math.PI;
  const size = minuteOfDay === null ? 0 : 1;
  into[at] = size * Math.sin(angle);
  into[at + 1] = size * Math.cos(angle);
  into[at + 2] = size * Math.sin(2 * angle);
  into[at + 3] = size * Math.cos(2 * angle);
}

/** Whether an input is one of the clock, which is on its own scale already. */
export const isClockInput = (input: number): boolean => input >= FIRST_CLOCK_INPUT;
