import { meanOf } from '../../glycemia/numeric.js';
import { ACTIVE_PERCENT_WANTED } from '../../glycemia/sufficiency.js';
import type { Timeline } from '../../glycemia/timeline.js';
import { SECONDS_PER_DAY } from '../../time/zone.js';
import type { Low } from './lows.js';

/** A local day is looked at in quarters of an hour of the person's clock: an hour that a clock change repeats is one. */
export const SLOTS = 96;
export const SLOT_SECONDS = SECONDS_PER_DAY / SLOTS;
export const slotsOfHours = (hours: number): number => hours * 4;

/** A local day of a person; NaN where nothing was measured, or where pressure on the sensor is suspected. */
export interface ClinicalDay {
  readonly day: number;
  readonly mgdl: Float64Array;
  /** 1 where glucose was low in an episode that is no suspected pressure. */
  readonly low: Uint8Array;
  /** 70 % of the day were measured. */
  readonly isMeasured: boolean;
}

/** The local days from the first to the last, each with a place, measured or not. */
export function clinicalDays(timeline: Timeline, suspected: readonly Low[], lows: readonly Low[]): ClinicalDay[] {
  const { wallClock, mgdl, count } = timeline;
  const firstDay = Math.floor((wallClock[0] ?? 0) / SECONDS_PER_DAY);
  const lastDay = Math.floor((wallClock[count - 1] ?? 0) / SECONDS_PER_DAY);
  const sums = Array.from({ length: count === 0 ? 0 : lastDay - firstDay + 1 }, () => ({
    sum: new Float64Array(SLOTS),
    count: new Uint16Array(SLOTS),
    low: new Uint8Array(SLOTS),
  }));
  const placeOf = (i: number): [day: number, slot: number] => {
    const day = Math.floor((wallClock[i] ?? 0) / SECONDS_PER_DAY);
    return [day - firstDay, Math.floor(((wallClock[i] ?? 0) - day * SECONDS_PER_DAY) / SLOT_SECONDS)];
  };
  const pressed = new Set(suspected.flatMap(samplesOf));
  for (let i = 0; i < count; i++) {
    const [place, slot] = placeOf(i);
    const day = sums[place];
    if (!day || pressed.has(i)) continue;
    day.sum[slot]! += mgdl[i] ?? 0;
    day.count[slot]! += 1;
  }
  for (const i of lows.flatMap(samplesOf)) {
    const [place, slot] = placeOf(i);
    if (sums[place] && !pressed.has(i)) sums[place].low[slot] = 1;
  }
  return sums.map(({ sum, count: readings, low }, index) => ({
    day: firstDay + index,
    mgdl: sum.map((value, slot) => value / (readings[slot] ?? 0)),
    low,
    isMeasured: readings.filter((n) => n > 0).length * 100 >= ACTIVE_PERCENT_WANTED * SLOTS,
  }));
}

const samplesOf = ({ first, last }: Low): number[] => Array.from({ length: last - first + 1 }, (_, k) => first + k);

/** Mean of the slots `[from, to)` that were measured; null where fewer than half of them were. */
export function meanOfSlots(day: ClinicalDay, from: number, to: number): number | null {
  const share = measuredShare(day, from, to);
  return share < 0.5 ? null : meanOf(day.mgdl, from, to);
}

/** Share of the slots `[from, to)` that were measured, 0..1. */
export const measuredShare = ({ mgdl }: ClinicalDay, from: number, to: number): number =>
  mgdl.subarray(from, to).filter((value) => !Number.isNaN(value)).length / (to - from);
