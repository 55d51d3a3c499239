import { timelineOf } from '../glycemia/timeline.js';
import { localDayAt, wallClockAt } from '../time/zone-history.js';
import { SECONDS_PER_DAY } from '../time/zone.js';
import type { Observations } from './observations.js';
import { daysWithKeptExercise, type PersonHistory } from './person-history.js';

/** The columns of an hourly grid, with their units. */
export const HOURLY_VARIABLES = {
  glucose: 'mg/dL, mean of the hour',
  carbs: 'g',
  insulin: 'U, bolus and correction',
  exercise: 'minutes',
  sleep: 'minutes',
} as const;
export type HourlyVariable = keyof typeof HOURLY_VARIABLES;

/** One step per elapsed hour, so that a lag of three is three hours also when clocks change. */
export interface HourlyGrid extends Observations {
  readonly names: readonly HourlyVariable[];
  /** Seconds since the epoch of the first step. */
  readonly from: number;
  /** 0..23: the hour that the person's clock showed at the beginning of each step. */
  readonly clockHours: Uint8Array;
}

const HOUR = 3600;
/** An hour's glucose is known where half of it was measured. */
const LEAST_COVERED_SECONDS = HOUR / 2;
const NOON = 12;

/**
 * `hours` hours of a person from an instant on; NaN is unknown. An hour without a meal, dose, exercise or sleep is zero where
 * the person's day has notes of that kind (for exercise: where the log was kept), and unknown otherwise.
 */
export function hourlyGrid(history: PersonHistory, from: number, hours: number): HourlyGrid {
  const starts = Float64Array.from({ length: hours }, (_, step) => from + step * HOUR);
  const walls = starts.map((start) => wallClockAt(history.zones, start));
  const days = walls.map((wall) => Math.floor(wall / SECONDS_PER_DAY));
  const clockHours = Uint8Array.from(walls, (wall) => Math.floor((wall / HOUR) % 24));
  const dayOf = (instant: number) => localDayAt(history.zones, instant);
  const zeroWhere = (isKnown: (day: number, step: number) => boolean) =>
    days.map((day, step) => (isKnown(day, step) ? 0 : Number.NaN));

  const mealDays = new Set(history.meals.map(({ instant }) => dayOf(instant)));
  const doseDays = new Set(history.doses.map(({ instant }) => dayOf(instant)));
  const wakingDays = new Set(history.sleep.map(({ until }) => dayOf(until)));
  const exerciseDays = daysWithKeptExercise(history);
  const carbs = zeroWhere((day) => mealDays.has(day));
  const insulin = zeroWhere((day) => doseDays.has(day));
  const exercise = zeroWhere((day) => exerciseDays.has(day));
  // The night of a morning is noted when it ends: afternoons wait for the next day's note.
  const sleep = zeroWhere((day, step) => wakingDays.has((clockHours[step] ?? 0) < NOON ? day : day + 1));

  const add = (values: Float64Array, instant: number, amount: number) => {
    const step = Math.floor((instant - from) / HOUR);
    if (values[step] !== undefined) values[step] += amount;
  };
  for (const { instant, carbsGrams } of history.meals) add(carbs, instant, carbsGrams ?? Number.NaN);
  for (const { instant, type, units } of history.doses) if (type !== 'basal') add(insulin, instant, units);
  for (const { from: start, until } of history.activities) {
    if (until === null) add(exercise, start, Number.NaN);
    else addOverlap(exercise, from, { from: start, until });
  }
  for (const span of history.sleep) addOverlap(sleep, from, span);
  return {
    from,
    clockHours,
    names: Object.keys(HOURLY_VARIABLES) as HourlyVariable[],
    columns: [hourlyGlucose(history, from, hours), carbs, insulin, exercise, sleep],
  };
}

/** Adds the minutes of `[span.from, span.until)` to the hours in which they lie. */
function addOverlap(values: Float64Array, from: number, span: { from: number; until: number }): void {
  for (let step = Math.max(0, Math.floor((span.from - from) / HOUR)); step < values.length; step++) {
    const start = from + step * HOUR;
    if (start >= span.until) return;
    const seconds = Math.min(span.until, start + HOUR) - Math.max(span.from, start);
    values[step]! += seconds / 60;
  }
}

function hourlyGlucose(history: PersonHistory, from: number, hours: number): Float64Array {
  const { series, mgdl, coverSeconds } = timelineOf(history.glucose, history.zones);
  const covered = new Float64Array(hours);
  const sums = new Float64Array(hours);
  for (const [i, instant] of series.instants.entries()) {
    const step = Math.floor((instant - from) / HOUR);
    if (step < 0 || step >= hours) continue;
    const seconds = coverSeconds[i] ?? 0;
    covered[step]! += seconds;
    sums[step]! += seconds * (mgdl[i] ?? 0);
  }
  return sums.map((sum, step) => ((covered[step] ?? 0) >= LEAST_COVERED_SECONDS ? sum / covered[step]! : Number.NaN));
}
