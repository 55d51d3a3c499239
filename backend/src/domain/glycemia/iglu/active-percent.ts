import { SECONDS_PER_DAY } from '../../time/zone.js';
import type { MgdlSeries } from '../grid.js';
import { roundHalfEven } from '../numeric.js';
import type { Columns } from './over-rows.js';

/** Active percentage from the gaps between the first and the last reading; `stepMinutes` is that of the first subject. */
export function activePercent({ instants }: MgdlSeries, stepMinutes: number): Columns {
  const first = instants[0] ?? Number.NaN;
  const last = instants.at(-1) ?? Number.NaN;
  const wanted = roundHalfEven(roundHalfEven((last - first) / 60) / stepMinutes) + 1;
  let gapMinutes = 0;
  let gaps = 0;
  for (let i = 1; i < instants.length; i++) {
    const minutes = ((instants[i] ?? 0) - (instants[i - 1] ?? 0)) / 60;
    if (roundHalfEven(minutes) <= stepMinutes) continue;
    gapMinutes += minutes;
    gaps++;
  }
  const missing = roundHalfEven((gapMinutes - gaps * stepMinutes) / stepMinutes);
  return {
    active_percent: (100 * (wanted - missing)) / wanted,
    ndays: roundHalfEven(((last - first) / SECONDS_PER_DAY) * 10) / 10,
    start_date: utcDateTime(first),
    end_date: utcDateTime(last),
  };
}

/** Readings in the days before the last one over those that a step would give; may exceed 100. */
export function activePercentOfLastDays({ instants }: MgdlSeries, stepMinutes: number, days: number): Columns {
  const last = instants.at(-1) ?? Number.NaN;
  const first = last - days * SECONDS_PER_DAY;
  const count = instants.filter((instant) => instant >= first).length;
  return {
    active_percent: (100 * count) / ((days * 1440) / stepMinutes),
    ndays: days,
    start_date: utcDateTime(first),
    end_date: utcDateTime(last),
  };
}

const utcDateTime = (seconds: number): string =>
  Number.isNaN(seconds) ? 'NA' : new Date(seconds * 1000).toISOString().slice(0, 19);
