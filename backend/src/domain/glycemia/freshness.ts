import type { GlucoseSeries } from './series.js';
import { mgdlOf } from './units.js';

export type Freshness = 'current' | 'delayed' | 'stale' | 'lost';

/** How old a reading is when it stops being current, delayed and stale, in seconds. */
export const FRESHNESS_ENDS_SECONDS = { current: 7 * 60, delayed: 15 * 60, stale: 30 * 60 } as const;

/** How far the last reading may stand for now: under 7 minutes it does, above 30 it is history. */
export function freshnessOf(ageSeconds: number): Freshness {
  if (ageSeconds < FRESHNESS_ENDS_SECONDS.current) return 'current';
  if (ageSeconds <= FRESHNESS_ENDS_SECONDS.delayed) return 'delayed';
  return ageSeconds <= FRESHNESS_ENDS_SECONDS.stale ? 'stale' : 'lost';
}

const TREND_SECONDS = 15 * 60;
const TREND_SPAN_SECONDS = 10 * 60;

/**
 * Slope of the least-squares line through the last 15 minutes, mg/dL per minute. `null` below two readings or where they
 * span less than 10 minutes: too little to tell a trend from noise.
 */
export function trendMgdlPerMinute(series: GlucoseSeries): number | null {
  const last = series.instants.at(-1) ?? 0;
  const points: Array<[minutes: number, mgdl: number]> = [];
  for (let i = series.instants.length - 1; i >= 0; i--) {
    const instant = series.instants[i] ?? 0;
    if (last - instant > TREND_SECONDS) break;
    points.push([(instant - last) / 60, mgdlOf(series.tenths[i] ?? 0, series.flags[i] ?? 0)]);
  }
  const earliest = points.at(-1)?.[0] ?? 0;
  if (-earliest * 60 < TREND_SPAN_SECONDS) return null;
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
