import { bandOf } from '../../glycemia/ranges.js';
import type { GlucoseSeries } from '../../glycemia/series.js';
import { ACTIVE_PERCENT_WANTED } from '../../glycemia/sufficiency.js';
import { TARGETS } from '../../glycemia/targets.js';
import { timelineOf } from '../../glycemia/timeline.js';
import { startOfDayAt, type ZoneHistory } from '../../time/zone-history.js';

/** What a measured local day adds to the statistics of many. */
export interface DayLows {
  readonly day: number;
  readonly readings: number;
  readonly below70: number;
  readonly below54: number;
  /** Of mg/dL. */
  readonly sum: number;
  readonly sumOfSquares: number;
}

/** The local days of which 70 % were measured, ascending. */
export function dayLowsOf(series: GlucoseSeries, zones: ZoneHistory): DayLows[] {
  const timeline = timelineOf(series, zones);
  return timeline.days.flatMap(({ day, start, end, coveredSeconds }) => {
    const seconds = startOfDayAt(zones, day + 1) - startOfDayAt(zones, day);
    if (coveredSeconds < (ACTIVE_PERCENT_WANTED / 100) * seconds) return [];
    const bands = Array.from({ length: end - start }, (_, k) => {
      const i = start + k;
      return bandOf(series.tenths[i] ?? 0, series.flags[i] ?? 0, TARGETS.adult);
    });
    const mgdl = timeline.mgdl.subarray(start, end);
    const below54 = bands.filter((band) => band === 'veryLow').length;
    return [
      {
        day,
        readings: end - start,
        below70: below54 + bands.filter((band) => band === 'low').length,
        below54,
        sum: mgdl.reduce((sum, value) => sum + value, 0),
        sumOfSquares: mgdl.reduce((sum, value) => sum + value * value, 0),
      },
    ];
  });
}

const total = (days: readonly DayLows[], of: (day: DayLows) => number): number =>
  days.reduce((sum, day) => sum + of(day), 0);

/** The statistics that a chance of lows is told from. Percent, mg/dL; variation is the standard deviation over the mean. */
export interface LowStatistics {
  readonly below70: number;
  readonly below54: number;
  readonly mean: number;
  readonly variation: number;
}

export function statisticsOf(days: readonly DayLows[]): LowStatistics {
  const readings = total(days, (day) => day.readings);
  const mean = total(days, (day) => day.sum) / readings;
  const variance = total(days, (day) => day.sumOfSquares) / readings - mean * mean;
  return {
    below70: (100 * total(days, (day) => day.below70)) / readings,
    below54: (100 * total(days, (day) => day.below54)) / readings,
    mean,
    variation: (100 * Math.sqrt(Math.max(0, variance))) / mean,
  };
}
