import type { Band, DayPoint, Profile, ProfileDay, ProfileSlot, RangeSegment } from '@/api/types';

const BANDS: readonly Band[] = ['veryHigh', 'high', 'inRange', 'low', 'veryLow'];

/** Segments from percentages, very high first. */
export function segmentsOf(percents: readonly number[]): RangeSegment[] {
  return BANDS.flatMap((band, index) => {
    const percent = percents[index];
    if (percent === undefined) return [];
    return [
      { band, percent, display: String(Math.round(percent)), minutesPerDay: percent * 14.4, low: null, high: null },
    ];
  });
}

export function dayOf(points: DayPoint[]): ProfileDay {
  return { day: '2026-11-23', weekday: 1, lengthMinutes: 1440, count: points.length, timeInRange: null, points };
}

/** A reading every `step` minutes with the same value. */
export function flat(from: number, to: number, mgdl: number, step = 5): DayPoint[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => [from + index * step, mgdl, 0]);
}

export function profileOf(slotAt: (minuteOfDay: number) => Partial<ProfileSlot> = () => ({})): Profile {
  const slots = Array.from({ length: 96 }, (_, index): ProfileSlot => {
    const minuteOfDay = index * 15;
    return { minuteOfDay, n: 84, days: 14, p5: 80, p25: 100, p50: 120, p75: 150, p95: 190, ...slotAt(minuteOfDay) };
  });
  return {
    slotMinutes: 15,
    smoothing: '1-4-1',
    slots,
    axis: { min: 40, max: 400 },
    thresholdsMgdl: [54, 70, 180, 250],
    target: { lowMgdl: 70, highMgdl: 180 },
    summary: { highest: null, lowest: null },
  };
}
