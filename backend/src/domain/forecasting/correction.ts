import type { GlucoseHistory } from './history.js';
import { JUDGED_MINUTES, LEVELS, STEP_MINUTES, STEPS } from './horizons.js';
import { INTAKE_INPUTS, intakeInputs, notedAt, type NotedIntake } from './on-board.js';
import { clamp, medianAfter, type QuantileForecast } from './quantile-forecast.js';

export const CORRECTION_INPUTS = 2 + INTAKE_INPUTS;

/**
 * What a person's glucose usually does beside what the network says: mg/dL per input, a row for each of `JUDGED_MINUTES`.
 */
export interface Correction {
  readonly weights: Float64Array;
}

const SLOPE_STEPS = 3;

/**
 * What a correction sees at a judged horizon: one, the change that the network expects, and insulin, carbohydrate and
 * activity that were noted by then.
 */
export function correctionInputs(
  { basedOn, mgdl }: GlucoseHistory,
  noted: NotedIntake,
  forecast: QuantileForecast,
  minutes: number,
): number[] {
  const { lastMgdl } = forecast;
  const before = mgdl.at(-1 - SLOPE_STEPS) ?? Number.NaN;
  const slope = Number.isNaN(before) ? 0 : lastMgdl - before;
  const expected = (medianAfter(forecast, minutes) - lastMgdl) / 20;
  return [1, expected, ...intakeInputs(noted, { instant: basedOn, lastMgdl, slope }, minutes)];
}

/** A forecast of the network moved to where the person's glucose usually goes; straight between the judged horizons. */
export function corrected(
  forecast: QuantileForecast,
  history: GlucoseHistory,
  intake: NotedIntake,
  { weights }: Correction,
): QuantileForecast {
  const noted = notedAt(intake, history.basedOn);
  const shifts = JUDGED_MINUTES.map((minutes, horizon) =>
    correctionInputs(history, noted, forecast, minutes).reduce(
      (sum, input, i) => sum + input * weights[horizon * CORRECTION_INPUTS + i]!,
      0,
    ),
  );
  const mgdl = forecast.mgdl.slice();
  for (let step = 1; step <= STEPS; step++) {
    const by = shiftAfter(shifts, step * STEP_MINUTES);
    for (let level = 0; level < LEVELS.length; level++) {
      const at = (step - 1) * LEVELS.length + level;
      mgdl[at] = clamp(mgdl[at]! + by);
    }
  }
  return { lastMgdl: forecast.lastMgdl, mgdl };
}

function shiftAfter(shifts: readonly number[], minutes: number): number {
  const next = JUDGED_MINUTES.findIndex((one) => minutes <= one);
  const [from, before] = next === 0 ? [0, 0] : [JUDGED_MINUTES[next - 1]!, shifts[next - 1]!];
  return before + ((minutes - from) / (JUDGED_MINUTES[next]! - from)) * (shifts[next]! - before);
}
