import type { GlucoseSeries } from '../glycemia/series.js';
import { mgdlOf } from '../glycemia/units.js';
import { secondOfDay } from '../time/zone.js';
import { wallClockAt, type ZoneHistory } from '../time/zone-history.js';
import type { RuleCode } from './settings.js';

/** Pressure on a sensor lowers its readings at once, from level ground, and mostly in bed. */
const BED_FROM_HOUR = 22;
const BED_UNTIL_HOUR = 9;
const FALL_SECONDS = 15 * 60;
const LEAST_FALL_MGDL = 20;
const LEVEL_SECONDS = 20 * 60;
const MOST_LEVEL_CHANGE_MGDL = 18;

const FALLING_RULES: ReadonlySet<RuleCode> = new Set(['urgent-low', 'low', 'rapid-fall', 'predicted-low']);

/** Whether a fall of an alert's is in bed and has the shape of pressure on the sensor. */
export function looksLikeCompression(
  rule: RuleCode,
  series: GlucoseSeries,
  index: number,
  zones: ZoneHistory,
): boolean {
  if (!FALLING_RULES.has(rule)) return false;
  const hour = secondOfDay(wallClockAt(zones, series.instants[index] ?? 0)) / 3600;
  return isBedtime(hour) && fallsAsUnderPressure(series, index);
}

/** Whether people lie in bed at an hour of the clock. */
export const isBedtime = (hour: number): boolean => hour < BED_UNTIL_HOUR || hour >= BED_FROM_HOUR;

/** Whether the fall that ends at a sample has the shape of pressure on the sensor, at whatever hour. */
export function fallsAsUnderPressure({ instants, tenths, flags }: GlucoseSeries, index: number): boolean {
  const at = instants[index] ?? 0;
  const mgdl = (i: number): number => mgdlOf(tenths[i] ?? 0, flags[i] ?? 0);

  let top = index;
  while (top > 0 && at - (instants[top - 1] ?? 0) <= FALL_SECONDS && mgdl(top - 1) > mgdl(top) - 3) top--;
  if (mgdl(top) - mgdl(index) < LEAST_FALL_MGDL) return false;

  let first = top;
  while (first > 0 && (instants[top] ?? 0) - (instants[first - 1] ?? 0) <= LEVEL_SECONDS) first--;
  if (top - first < 2) return false;
  let lowest = mgdl(top);
  let highest = lowest;
  for (let i = first; i <= top; i++) {
    lowest = Math.min(lowest, mgdl(i));
    highest = Math.max(highest, mgdl(i));
  }
  return highest - lowest <= MOST_LEVEL_CHANGE_MGDL;
}
