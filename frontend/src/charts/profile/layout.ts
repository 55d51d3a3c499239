import { area, curveMonotoneX, line } from 'd3-shape';
import type { GlucoseUnit, Profile, ProfileSlot } from '@/api/types';
import { glucoseAxis, glucoseScale, HOURS, MINUTES_PER_DAY } from '../axis';
import { pushApart } from '../push-apart';

/** Fewer local days than this behind a slot and it is hatched: a percentile of four days is hardly one. */
const SPARSE_BELOW_DAYS = 5;
const AXIS_LABEL_GAP_PX = 14;
const PERCENTILE_LABEL_GAP_PX = 15;

interface MeasuredSlot {
  minuteOfDay: number;
  p5: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
}

export interface ProfileLayout {
  height: number;
  /** Paths: x in minutes of the day, y in px. */
  outer: string;
  inner: string;
  median: string;
  target: { y: number; height: number };
  thresholds: Array<{ mgdl: number; y: number; bold: boolean }>;
  axisLabels: Array<{ mgdl: number; y: number; bold: boolean }>;
  hours: Array<{ hour: number; minute: number }>;
  sparse: Array<{ fromMinute: number; toMinute: number }>;
  percentiles: Array<{ percentile: 5 | 25 | 50 | 75 | 95; y: number; anchorY: number }>;
}

/** The ambulatory profile as primitives: percentiles in mg/dL in, paths and label positions out. */
export function layoutProfile(profile: Profile, options: { height: number; unit: GlucoseUnit }): ProfileLayout {
  const { height, unit } = options;
  const axis = glucoseAxis(unit, profile.axis);
  const y = glucoseScale(axis, height);
  const slots = closeTheDay(profile.slots);
  const measured = (slot: ProfileSlot) => toMeasured(slot) !== null;
  const band = (lower: 'p5' | 'p25', upper: 'p75' | 'p95') =>
    area<ProfileSlot>()
      .defined(measured)
      .x((slot) => slot.minuteOfDay)
      .y0((slot) => y(slot[lower] ?? 0))
      .y1((slot) => y(slot[upper] ?? 0))
      .curve(curveMonotoneX)
      .digits(1)(slots) ?? '';
  const median =
    line<ProfileSlot>()
      .defined(measured)
      .x((slot) => slot.minuteOfDay)
      .y((slot) => y(slot.p50 ?? 0))
      .curve(curveMonotoneX)
      .digits(1)(slots) ?? '';

  const { lowMgdl, highMgdl } = profile.target;
  const bold = (mgdl: number) => mgdl === lowMgdl || mgdl === highMgdl;
  return {
    height,
    outer: band('p5', 'p95'),
    inner: band('p25', 'p75'),
    median,
    target: { y: y(highMgdl), height: y(lowMgdl) - y(highMgdl) },
    thresholds: profile.thresholdsMgdl.map((mgdl) => ({ mgdl, y: y(mgdl), bold: bold(mgdl) })),
    axisLabels: labelAxis([axis.maxMgdl, ...profile.thresholdsMgdl, axis.minMgdl], y, height, bold),
    hours: HOURS.map((hour) => ({ hour, minute: hour * 60 })),
    sparse: sparseRuns(profile.slots, profile.slotMinutes),
    percentiles: labelPercentiles(slots, y, height),
  };
}

/** The profile is cyclic: midnight at the right edge is the slot at the left edge. */
function closeTheDay(slots: readonly ProfileSlot[]): ProfileSlot[] {
  const first = slots[0];
  return first && first.minuteOfDay === 0 ? [...slots, { ...first, minuteOfDay: MINUTES_PER_DAY }] : [...slots];
}

function toMeasured({ minuteOfDay, p5, p25, p50, p75, p95 }: ProfileSlot): MeasuredSlot | null {
  if (p5 === null || p25 === null || p50 === null || p75 === null || p95 === null) return null;
  return { minuteOfDay, p5, p25, p50, p75, p95 };
}

function labelAxis(
  values: readonly number[],
  y: (mgdl: number) => number,
  height: number,
  bold: (mgdl: number) => boolean,
): ProfileLayout['axisLabels'] {
  const sorted = [...new Set(values)].sort((a, b) => b - a);
  const places = pushApart(
    sorted.map((mgdl) => y(mgdl)),
    AXIS_LABEL_GAP_PX,
    0,
    height,
  );
  return sorted.map((mgdl, index) => ({ mgdl, y: places[index] ?? y(mgdl), bold: bold(mgdl) }));
}

function labelPercentiles(
  slots: readonly ProfileSlot[],
  y: (mgdl: number) => number,
  height: number,
): ProfileLayout['percentiles'] {
  const last = slots.map(toMeasured).findLast((slot) => slot !== null);
  if (!last) return [];
  const anchors = [
    { percentile: 95, anchorY: y(last.p95) },
    { percentile: 75, anchorY: y(last.p75) },
    { percentile: 50, anchorY: y(last.p50) },
    { percentile: 25, anchorY: y(last.p25) },
    { percentile: 5, anchorY: y(last.p5) },
  ] as const;
  const places = pushApart(
    anchors.map(({ anchorY }) => anchorY),
    PERCENTILE_LABEL_GAP_PX,
    0,
    height,
  );
  return anchors.map((anchor, index) => ({ ...anchor, y: places[index] ?? anchor.anchorY }));
}

function sparseRuns(slots: readonly ProfileSlot[], slotMinutes: number): ProfileLayout['sparse'] {
  const runs: ProfileLayout['sparse'] = [];
  for (const slot of slots) {
    if (slot.days >= SPARSE_BELOW_DAYS) continue;
    const last = runs.at(-1);
    if (last && last.toMinute === slot.minuteOfDay) last.toMinute += slotMinutes;
    else runs.push({ fromMinute: slot.minuteOfDay, toMinute: slot.minuteOfDay + slotMinutes });
  }
  return runs;
}
