import { firstAtOrAfter, type GlucoseSeries } from '../../glycemia/series.js';
import { censoringOf, mgdlOf } from '../../glycemia/units.js';
import { historyOfSample } from '../history.js';
import { STEP_MINUTES, STEPS } from '../horizons.js';
import type { WindowCollector } from './window-set.js';

/** A value stands for a step when it was read at most so long before or after it. */
export const NEAR_SECONDS = 150;
const LEAST_TARGETS = 4;

export interface SeriesWindowOptions {
  /** Only origins from here on and before `until`, seconds since the epoch. */
  readonly from: number;
  /** No value at or after this is a target either. */
  readonly until: number;
  /** Every so manieth reading is an origin. */
  readonly stride: number;
  readonly minuteOfDayAt: (instant: number) => number | null;
}

/**
 * Windows as the product meets them: the history as `historyOfSample` sees it, and targets that were really read. Adds
 * every origin at which the product would not be silent.
 */
export function addSeriesWindows(
  collector: WindowCollector,
  series: GlucoseSeries,
  { from, until, stride, minuteOfDayAt }: SeriesWindowOptions,
): void {
  const { instants } = series;
  for (let index = firstAtOrAfter(instants, from); index < instants.length; index += stride) {
    if (instants[index]! >= until) return;
    const history = historyOfSample(series, index);
    if (typeof history === 'string') continue;
    const values = valuesAfter(series, index, until);
    if (values.reduce((count, value) => count + Number(value === value), 0) < LEAST_TARGETS) continue;
    collector.add(minuteOfDayAt(history.basedOn), (intoHistory, intoTargets) => {
      intoHistory.set(history.mgdl);
      intoTargets.set(values);
    });
  }
}

/** The readings nearest to each step after a sample, mg/dL; NaN where none is near or it was at its sensor's limit. */
export function valuesAfter(series: GlucoseSeries, index: number, until = Number.POSITIVE_INFINITY): Float64Array {
  const { instants, tenths, flags } = series;
  const values = new Float64Array(STEPS).fill(Number.NaN);
  let next = index + 1;
  for (let step = 1; step <= STEPS; step++) {
    const instant = instants[index]! + step * STEP_MINUTES * 60;
    while (next < instants.length && instants[next]! < instant) next++;
    const distance = (reading: number): number =>
      reading > index && reading < instants.length ? Math.abs(instants[reading]! - instant) : Number.POSITIVE_INFINITY;
    const nearest = distance(next - 1) <= distance(next) ? next - 1 : next;
    if (distance(nearest) > NEAR_SECONDS || instants[nearest]! >= until) continue;
    if (censoringOf(flags[nearest]!) === null) values[step - 1] = mgdlOf(tenths[nearest]!, flags[nearest]!);
  }
  return values;
}
