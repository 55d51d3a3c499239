import { isBedtime } from '../../alerts/compression.js';
import { type DailyGrid, dailyGrid } from '../../causality/daily-grid.js';
import type { PersonHistory } from '../../causality/person-history.js';
import { type Timeline, timelineOf } from '../../glycemia/timeline.js';
import { secondOfDay } from '../../time/zone.js';
import { type EvenSeries, evenSeriesOf } from '../time-axis/even-series.js';
import { type ClinicalDay, clinicalDays } from './clinical-day.js';
import { type Low, lowsOf } from './lows.js';

/** A person's record as the clinical patterns look at it. */
export interface ClinicalRecord {
  readonly history: PersonHistory;
  readonly timeline: Timeline;
  readonly days: readonly ClinicalDay[];
  /** Lows that look like pressure on the sensor: in bed they are suspected, at other hours they show what chance gives. */
  readonly likePressure: readonly Low[];
  /** All other lows, and those of waking hours. */
  readonly lows: readonly Low[];
  /** The same days, for what is told of whole days. */
  readonly grid: DailyGrid;
  /** Null for fewer than two readings. */
  readonly even: EvenSeries | null;
}

export function clinicalRecordOf(history: PersonHistory): ClinicalRecord {
  const timeline = timelineOf(history.glucose, history.zones);
  const all = lowsOf(timeline);
  const suspected = all.filter((low) => low.likePressure && isInBed(timeline, low));
  const lows = all.filter((low) => !suspected.includes(low));
  const days = clinicalDays(timeline, suspected, lows);
  return {
    history,
    timeline,
    days,
    grid: dailyGrid(history, days[0]?.day ?? 0, days.at(-1)?.day ?? -1),
    likePressure: all.filter((low) => low.likePressure),
    lows,
    even: evenSeriesOf(history.glucose),
  };
}

/** Whether a low began at hours at which people lie in bed. */
export const isInBed = ({ wallClock }: Timeline, { first }: Low): boolean =>
  isBedtime(secondOfDay(wallClock[first] ?? 0) / 3600);
