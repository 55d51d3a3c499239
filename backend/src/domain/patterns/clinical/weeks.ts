import type { DailyGrid, DailyVariable } from '../../causality/daily-grid.js';
import { mean } from './words.js';

/** Means of a variable over the known days of a week, Monday to Sunday. */
export interface Week {
  /** Its Monday, as a day number. */
  readonly monday: number;
  readonly weekdays: readonly number[];
  readonly weekend: readonly number[];
}

/** Day 4 after 1970-01-01, a Thursday, was a Monday. */
const MONDAY = 4;
const FRIDAY = 4;

/** The weeks that a grid touches, ascending; unknown days are in none of their lists. */
export function weeksOf({ names, columns, firstDay }: DailyGrid, variable: DailyVariable): Week[] {
  const weeks = new Map<number, { weekdays: number[]; weekend: number[] }>();
  for (const [place, value] of (columns[names.indexOf(variable)] ?? []).entries()) {
    const day = firstDay + place;
    const weekday = (((day - MONDAY) % 7) + 7) % 7;
    const week = weeks.get(day - weekday) ?? { weekdays: [], weekend: [] };
    weeks.set(day - weekday, week);
    if (!Number.isNaN(value)) (weekday > FRIDAY ? week.weekend : week.weekdays).push(value);
  }
  return [...weeks].map(([monday, week]) => ({ monday, ...week }));
}

export const meanOfWeek = ({ weekdays, weekend }: Week): number => mean([...weekdays, ...weekend]);
