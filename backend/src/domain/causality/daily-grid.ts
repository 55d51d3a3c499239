import { bandOf } from '../glycemia/ranges.js';
import { ACTIVE_PERCENT_WANTED } from '../glycemia/sufficiency.js';
import { TARGETS } from '../glycemia/targets.js';
import { timelineOf } from '../glycemia/timeline.js';
import { localDayAt, startOfDayAt } from '../time/zone-history.js';
import type { Observations } from './observations.js';
import { daysWithKeptExercise, type PersonHistory } from './person-history.js';

/** The columns of a daily grid, with their units. */
export const DAILY_VARIABLES = {
  meanGlucose: 'mg/dL',
  timeInRange: 'percent of readings, 70 to 180 mg/dL',
  timeBelow70: 'percent of readings',
  carbs: 'g',
  insulin: 'U, all kinds',
  exercise: 'minutes',
  sleep: 'hours that ended on the day',
} as const;
export type DailyVariable = keyof typeof DAILY_VARIABLES;

/** One step per local day of the person. */
export interface DailyGrid extends Observations {
  readonly names: readonly DailyVariable[];
  readonly firstDay: number;
}

/**
 * A person's local days `[firstDay, lastDay]` as numbers; NaN is unknown. Glucose counts where 70 % of the day were measured.
 * A day without a noted meal, dose or sleep is unknown, since people eat and sleep every day, and so is the sum of a day
 * with a meal of unknown carbohydrate or an activity of unknown length; a day without exercise is zero while the log was kept.
 */
export function dailyGrid(history: PersonHistory, firstDay: number, lastDay: number): DailyGrid {
  const count = Math.max(0, lastDay - firstDay + 1);
  const column = () => new Float64Array(count).fill(Number.NaN);
  const columns: Record<DailyVariable, Float64Array> = {
    meanGlucose: column(),
    timeInRange: column(),
    timeBelow70: column(),
    carbs: column(),
    insulin: column(),
    exercise: column(),
    sleep: column(),
  };
  const placeOf = (instant: number) => localDayAt(history.zones, instant) - firstDay;
  const add = (values: Float64Array, instant: number, amount: number) => {
    const place = placeOf(instant);
    const known = values[place];
    if (known !== undefined) values[place] = (Number.isNaN(known) ? 0 : known) + amount;
  };
  fillGlucose(history, firstDay, columns);
  for (const day of daysWithKeptExercise(history)) {
    if (columns.exercise[day - firstDay] !== undefined) columns.exercise[day - firstDay] = 0;
  }
  for (const { from, until } of history.activities) add(columns.exercise, from, ((until ?? from) - from) / 60);
  for (const { from, until } of history.sleep) add(columns.sleep, until, (until - from) / 3600);
  for (const { instant, units } of history.doses) add(columns.insulin, instant, units);
  for (const { instant, carbsGrams } of history.meals) add(columns.carbs, instant, carbsGrams ?? 0);
  for (const { instant, carbsGrams } of history.meals) {
    if (carbsGrams === null) columns.carbs[placeOf(instant)] = Number.NaN;
  }
  for (const { from, until } of history.activities) {
    if (until === null) columns.exercise[placeOf(from)] = Number.NaN;
  }
  const names = Object.keys(DAILY_VARIABLES) as DailyVariable[];
  return { firstDay, names, columns: names.map((name) => columns[name]) };
}

function fillGlucose(history: PersonHistory, firstDay: number, columns: Record<DailyVariable, Float64Array>): void {
  const { series, mgdl, days } = timelineOf(history.glucose, history.zones);
  const totals = new Map<number, { covered: number; readings: number; sum: number; inRange: number; below: number }>();
  // A day that was lived twice at the date line has two slices.
  for (const { day, start, end, coveredSeconds } of days) {
    const total = totals.get(day) ?? { covered: 0, readings: 0, sum: 0, inRange: 0, below: 0 };
    totals.set(day, total);
    total.covered += coveredSeconds;
    total.readings += end - start;
    for (let i = start; i < end; i++) {
      total.sum += mgdl[i] ?? 0;
      const band = bandOf(series.tenths[i] ?? 0, series.flags[i] ?? 0, TARGETS.adult);
      if (band === 'inRange') total.inRange++;
      if (band === 'low' || band === 'veryLow') total.below++;
    }
  }
  for (const [day, { covered, readings, sum, inRange, below }] of totals) {
    const place = day - firstDay;
    const seconds = startOfDayAt(history.zones, day + 1) - startOfDayAt(history.zones, day);
    if (columns.meanGlucose[place] === undefined || covered < (ACTIVE_PERCENT_WANTED / 100) * seconds) continue;
    columns.meanGlucose[place] = sum / readings;
    columns.timeInRange[place] = (100 * inRange) / readings;
    columns.timeBelow70[place] = (100 * below) / readings;
  }
}
