import { scaleLinear } from 'd3-scale';
import type { GlucoseUnit } from '@/api/types';
import { MGDL_PER_MMOLL } from '@/format/glucose';

export interface GlucoseAxis {
  minMgdl: number;
  maxMgdl: number;
}

/** Fixed for every patient, so that two charts can be compared: the API's mg/dL axis, or 2-22 mmol/L. */
export function glucoseAxis(unit: GlucoseUnit, mgdl: { min: number; max: number }): GlucoseAxis {
  if (unit === 'mg/dL') return { minMgdl: mgdl.min, maxMgdl: mgdl.max };
  return { minMgdl: 2 * MGDL_PER_MMOLL, maxMgdl: 22 * MGDL_PER_MMOLL };
}

/** mg/dL to px from the top, clamped to the plot. */
export function glucoseScale(axis: GlucoseAxis, height: number): (mgdl: number) => number {
  return scaleLinear([axis.minMgdl, axis.maxMgdl], [height, 0]).clamp(true);
}

export const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24] as const;
export const MINUTES_PER_DAY = 1440;
