import { MGDL_PER_MMOLL } from '../glycemia/units.js';
import { RAPID_1, RAPID_2 } from './physiology.js';
import type { Subject } from './subject.js';

/** Units of rapid insulin still under the skin beyond what the basal rate keeps there. */
export function insulinOnBoard(subject: Subject, body: Float64Array): number {
  const steady =
    subject.therapy.kind === 'loop'
      ? (2 * subject.settings.basalUnitsPerHour * subject.body.rapidInsulinMinutes) / 60
      : 0;
  return Math.max(0, ((body[RAPID_1] ?? 0) + (body[RAPID_2] ?? 0)) / 1000 - steady);
}

const toStep = (units: number, step: number): number => Math.round(Math.round(units / step) * step * 100) / 100;

/** A mealtime bolus (U) for the noted carbohydrate, with a correction where the sensor shows more than the target. */
export function mealBolus(subject: Subject, noted: number, shownMgdl: number | null, onBoard: number): number {
  const { settings, therapy, doseFactor } = subject;
  const glucose = shownMgdl === null ? settings.targetMmol : shownMgdl / MGDL_PER_MMOLL;
  const excess = glucose > settings.targetMmol + 1 ? glucose - settings.targetMmol : 0;
  const correction = Math.max(0, (0.8 * excess) / settings.mmolPerUnit - onBoard);
  const meal = (noted / settings.gramsPerUnit) * therapy.mealFactor * (glucose < 4.2 ? 0.6 : 1);
  return toStep((meal + correction) * doseFactor, therapy.doseStep);
}

/** A correction (U) towards the target, less what still acts. */
export function correctionBolus(subject: Subject, shownMgdl: number, onBoard: number, share: number): number {
  const { settings, therapy, doseFactor } = subject;
  const excess = shownMgdl / MGDL_PER_MMOLL - settings.targetMmol;
  return toStep(Math.max(0, share * (excess / settings.mmolPerUnit - onBoard) * doseFactor), therapy.doseStep);
}

/** The day's long-acting dose, U. */
export const basalDose = (subject: Subject): number =>
  toStep(subject.settings.basalUnitsPerHour * 24 * subject.therapy.basalFactor * subject.doseFactor, 0.5);

/**
 * Rate of a hybrid closed loop (U/h): proportional to the glucose predicted for half an hour ahead, at most 3.2 times the
 * basal rate, suspended where the prediction is low; the plain basal rate while the sensor is silent.
 */
export function loopRate(subject: Subject, shown: readonly (number | null)[]): number {
  const { settings, therapy, doseFactor } = subject;
  const basal = settings.basalUnitsPerHour * therapy.basalFactor * doseFactor;
  const predicted = predictedMmol(shown);
  if (predicted === null) return basal;
  if (predicted < 4.4) return 0;
  return basal * Math.max(0, Math.min(3.2, 1 + 0.42 * (predicted - settings.targetMmol)));
}

/** Glucose in thirty minutes if the slope of the last quarter of an hour fades, mmol/L. */
export function predictedMmol(shown: readonly (number | null)[]): number | null {
  const newest = shown[0] ?? null;
  if (newest === null) return null;
  const oldest = shown[3] ?? newest;
  return (newest + ((newest - oldest) / 15) * 20) / MGDL_PER_MMOLL;
}
