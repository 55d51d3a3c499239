import type { GlucoseSeries } from '../glycemia/series.js';
import { censoringOf, mgdlOf } from '../glycemia/units.js';
import { BRIDGE_SECONDS } from '../patterns/time-axis/even-series.js';
import { STEP_MINUTES } from './horizons.js';
import { HISTORY_STEPS } from './inputs.js';

const STEP_SECONDS = STEP_MINUTES * 60;

/** Why there is no forecast. */
export type Silence =
  /** The last reading is too old, or there is none. */
  | 'stale'
  /** Too little is known of the last hours. */
  | 'too-few-readings'
  /** The sensor is at its limit, or glucose is where no model was trained. */
  | 'out-of-range';

/** What a forecast is made from. */
export interface GlucoseHistory {
  /** Seconds since the epoch of the newest reading: where the steps of a forecast are counted from. */
  readonly basedOn: number;
  /** `HISTORY_STEPS` values in mg/dL, five minutes apart, the last one the newest reading itself; NaN in gaps. */
  readonly mgdl: Float64Array;
}

/** Older readings carry no forecast. */
export const STALE_SECONDS = 15 * 60;
/** mg/dL; what sensors of every make report, and what the models have seen. */
export const FORECAST_RANGE_MGDL = { low: 40, high: 400 } as const;
/** How far before a reading others can count for what follows from it: all steps, and a gap that is bridged before them. */
export const HISTORY_SECONDS = (HISTORY_STEPS - 1) * STEP_SECONDS + BRIDGE_SECONDS;
/** All of the last 25 minutes, and half of the last three hours. */
export const NEEDED = { newestSteps: 6, recentSteps: 36, ofRecent: 18 } as const;

/**
 * What was known at an instant, in seconds since the epoch. Only readings at or before it are looked at. The steps count
 * back from the newest of them, so that no value stands for a time after which nothing was read; a value between two
 * readings lies on the line between them where they are at most 20 minutes apart, never further than ten minutes from one.
 */
export function historyAt(series: GlucoseSeries, instant: number): GlucoseHistory | Silence {
  const index = lastAtOrBefore(series.instants, instant);
  const basedOn = series.instants[index] ?? Number.NEGATIVE_INFINITY;
  if (instant - basedOn > STALE_SECONDS) return 'stale';
  return historyOfSample(series, index);
}

/** The same at a sample's own instant, as though it had just come in. */
export function historyOfSample(series: GlucoseSeries, index: number): GlucoseHistory | Silence {
  const { instants, tenths, flags } = series;
  const basedOn = instants[index];
  if (basedOn === undefined) return 'stale';
  const last = mgdlOf(tenths[index]!, flags[index]!);
  const { low, high } = FORECAST_RANGE_MGDL;
  if (censoringOf(flags[index]!) !== null || last < low || last > high) return 'out-of-range';
  const mgdl = resample(series, index);
  const isEnough =
    knownOf(mgdl, NEEDED.newestSteps) === NEEDED.newestSteps && knownOf(mgdl, NEEDED.recentSteps) >= NEEDED.ofRecent;
  return isEnough ? { basedOn, mgdl } : 'too-few-readings';
}

function resample({ instants, tenths, flags }: GlucoseSeries, index: number): Float64Array {
  const mgdl = new Float64Array(HISTORY_STEPS).fill(Number.NaN);
  const newest = instants[index]!;
  const value = (reading: number): number => mgdlOf(tenths[reading]!, flags[reading]!);
  let right = index;
  for (let lag = 0; lag < HISTORY_STEPS; lag++) {
    const instant = newest - lag * STEP_SECONDS;
    while (right > 0 && instants[right - 1]! >= instant) right--;
    const place = HISTORY_STEPS - 1 - lag;
    const span = instants[right]! - instants[right - 1]!;
    if (instants[right] === instant) mgdl[place] = value(right);
    else if (span <= BRIDGE_SECONDS) {
      const share = (instant - instants[right - 1]!) / span;
      mgdl[place] = value(right - 1) + share * (value(right) - value(right - 1));
    }
  }
  return mgdl;
}

function knownOf(mgdl: Float64Array, newest: number): number {
  let known = 0;
  for (let i = mgdl.length - newest; i < mgdl.length; i++) if (mgdl[i] === mgdl[i]) known++;
  return known;
}

function lastAtOrBefore(instants: Float64Array, instant: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (instants[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
