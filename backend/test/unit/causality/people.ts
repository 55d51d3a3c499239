import { fromRows, type Observations } from '../../../src/domain/causality/observations.js';
import { Random } from '../../../src/domain/simulator/random.js';

/** mg/dL per 30 minutes of exercise on the same day that a person was made with; 0 for people without any relation. */
export interface MadeUpPerson {
  readonly days: number;
  readonly exerciseEffect: number;
  readonly seed: number;
}

export const EXPOSURES = ['carbs', 'insulin', 'exercise', 'sleep'];

/**
 * Days as people have them, on the scale of a daily grid: each leans on the day before, insulin follows carbohydrate, exercise
 * comes on some days only, weekends differ, glucose drifts, one day in twenty and one number in twenty-five are missing.
 */
export function madeUpDays({ days, exerciseEffect, seed }: MadeUpPerson): Observations {
  const random = Random.seeded(seed, 4_711);
  const rows: number[][] = [];
  const state = { glucose: 0, carbs: 0, sleep: 0, habit: 0 };
  const drift = random.normal(0, 15);
  for (let day = -30; day < days; day++) {
    const isWeekend = ((day % 7) + 7) % 7 >= 5;
    state.carbs = 0.3 * state.carbs + random.normal(0, 30);
    state.sleep = 0.2 * state.sleep + random.normal(0, 0.8);
    state.habit = 0.5 * state.habit + random.normal(0, 1);
    const exercise = state.habit > 0.5 ? 20 + 40 * random.next() : 0;
    const carbs = 180 + state.carbs + (isWeekend ? 25 : 0);
    const insulin = 12 + 0.15 * carbs + random.normal(0, 4);
    state.glucose = 0.45 * state.glucose + (exerciseEffect * exercise) / 30 + random.normal(0, 14);
    const sleep = 7 + state.sleep + (isWeekend ? 1 : 0);
    const known = [150, isWeekend ? 8 : 0, (drift * day) / days, state.glucose];
    const glucose = known.reduce((sum, part) => sum + part, 0);
    if (day >= 0) rows.push([glucose, carbs, insulin, exercise, sleep]);
  }
  const holed = rows.map((row) => {
    const isLost = random.chance(0.05);
    return row.map((value) => (isLost || random.chance(0.04) ? null : value));
  });
  return fromRows(holed, ['meanGlucose', ...EXPOSURES]);
}

export const weekends = (days: number): Uint8Array =>
  Uint8Array.from({ length: days }, (_, day) => Number(day % 7 >= 5));
