import type { EvenSeries } from './even-series.js';

/** Below this amplitude the shape of a window is mostly the noise of the sensor. */
export const FLAT_MGDL = 20;

/** What a shape leaves out of a window: when it was, how high, and how much there was of it. */
export interface WindowFacts {
  /** Seconds since the epoch; `until` is the instant of the last sample. */
  readonly from: number;
  readonly until: number;
  /** Mean. */
  readonly levelMgdl: number;
  readonly lowestMgdl: number;
  readonly highestMgdl: number;
  /** Highest less lowest. */
  readonly amplitudeMgdl: number;
  /** Whether the amplitude is too small for the shape to mean anything. A flat window may well be at 300 mg/dL. */
  readonly isFlat: boolean;
  /** Whether the sensor was at its limit, so that the true level and amplitude are beyond these. */
  readonly isCensored: boolean;
}

/** Facts of the window of `m` samples from `index` on, all of which must have been measured. */
export function windowFacts(series: EvenSeries, index: number, m: number): WindowFacts {
  const values = series.mgdl.subarray(index, index + m);
  const lowestMgdl = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highestMgdl = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const from = series.from + index * series.stepSeconds;
  return {
    from,
    until: from + (m - 1) * series.stepSeconds,
    levelMgdl: values.reduce((sum, value) => sum + value, 0) / m,
    lowestMgdl,
    highestMgdl,
    amplitudeMgdl: highestMgdl - lowestMgdl,
    isFlat: highestMgdl - lowestMgdl < FLAT_MGDL,
    isCensored: series.censored.subarray(index, index + m).includes(1),
  };
}

/**
 * Pearson correlation of the shapes of two windows that are so far apart: 1 the same, 0 unrelated, -1 mirrored; `null`
 * where either is flat and has no shape to be like.
 */
export function likenessOf(distance: number, m: number, one: WindowFacts, other: WindowFacts): number | null {
  return one.isFlat || other.isFlat ? null : 1 - (distance * distance) / (2 * m);
}
