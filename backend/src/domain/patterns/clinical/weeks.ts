import type { DailyGrid, DailyVariable } from '../../causality/daily-grid.js';
import { meanOf } from '../../glycemia/numeric.js';
import { isoWeekday } from '../../time/zone.js';

/** Means of a variable over the known days of a week, Monday to Sunday. */
export interface Week {
  /** Its Monday, as a day number. */
  readonly monday: number;
  readonly weekdays: readonly number[];
  readonly weekend: readonly number[];
}

const FRIDAY = 5;

/** The weeks that a grid touches, ascending; unknown days are in none of their lists. */
export function weeksOf({ names, columns, firstDay }: DailyGrid, variable: DailyVariable): Week[] {
  const weeks = new Map<number, { weekdays: number[]; weekend: number[] }>();
  for (const [place, value] of (columns[names.indexOf(variable)] ?? []).entries()) {
    const day = firstDay + place;
    const weekday = isoWeekday(day);
    const monday = day - weekday + 1;
    const week = weeks.get(monday) ?? { weekdays: [], weekend: [] };
    weeks.set(monday, week);
    if (!Number.isNaN(value)) (weekday > FRIDAY ? week.weekend : week.weekdays).push(value);
  }
  return [...weeks].map(([monday, week]) => ({ monday, ...week }));
}

export const meanOfWeek = ({ weekdays, weekend }: Week): number => meanOf([...weekdays, ...weekend]);
