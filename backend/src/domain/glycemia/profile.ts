import { SECONDS_PER_DAY } from '../time/zone.js';
import { nativeHistogram } from './native-histogram.js';
import type { GlucoseTargets } from './targets.js';
import { THRESHOLDS } from './targets.js';
import type { Timeline } from './timeline.js';
import { FLAG_MMOL, mgdlOf } from './units.js';

export const PROFILE_SLOT_MINUTES = 15;
export const PROFILE_SMOOTHING = '5-minute clock slots pooled over ±15 minutes, R-7 quantiles, 1-4-1 twice, cyclic';
/** Fixed for every patient, so that two charts can be compared; mg/dL. */
export const PROFILE_AXIS = { min: 40, max: 400 } as const;

const FINE_SLOTS = 288;
const FINE_PER_SLOT = 3;
const SLOTS = FINE_SLOTS / FINE_PER_SLOT;
/** The largest value a sample can hold. */
const MAX_TENTHS = 32_767;
const PROBABILITIES = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Glucose around one time of day, mg/dL; percentiles are `null` where nothing was measured. */
export interface ProfileSlot {
  readonly minuteOfDay: number;
  /** Readings within 15 minutes. */
  readonly n: number;
  /** Local days that contributed them. */
  readonly days: number;
  readonly p5: number | null;
  readonly p25: number | null;
  readonly p50: number | null;
  readonly p75: number | null;
  readonly p95: number | null;
}

/** The ambulatory glucose profile: 96 slots from midnight (Battelino 2019: percentiles 5, 25, 50, 75, 95). */
export function glucoseProfile(timeline: Timeline): ProfileSlot[] {
  const ranks = rankValues(timeline);
  const window = new PooledWindow(timeline, ranks);
  const n = new Float64Array(SLOTS);
  const days = new Float64Array(SLOTS);
  const curves = PROBABILITIES.map(() => new Float64Array(SLOTS).fill(Number.NaN));
  for (let slot = 0; slot < SLOTS; slot++) {
    window.moveTo(slot * FINE_PER_SLOT);
    n[slot] = window.count;
    days[slot] = window.distinctDays();
    PROBABILITIES.forEach((probability, i) => curves[i]?.fill(window.quantile(probability), slot, slot + 1));
  }
  const [p5, p25, p50, p75, p95] = curves.map((curve) => smooth(smooth(curve)));
  const at = (curve: Float64Array | undefined, slot: number): number | null => {
    const value = curve?.[slot] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  return Array.from({ length: SLOTS }, (_, slot) => ({
    minuteOfDay: slot * PROFILE_SLOT_MINUTES,
    n: n[slot] ?? 0,
    days: days[slot] ?? 0,
    p5: at(p5, slot),
    p25: at(p25, slot),
    p50: at(p50, slot),
    p75: at(p75, slot),
    p95: at(p95, slot),
  }));
}

/** Distinct values ascending and each sample's position among them. */
interface Ranks {
  readonly values: Float64Array;
  readonly rankOf: Int32Array;
}

function rankValues({ series, count }: Timeline): Ranks {
  const bins = nativeHistogram(series).map((bin) => ({ ...bin, mgdl: mgdlOf(bin.tenths, bin.flags) }));
  bins.sort((a, b) => a.mgdl - b.mgdl);
  const ranks = [0, FLAG_MMOL].map(() => new Int32Array(MAX_TENTHS + 1));
  bins.forEach((bin, rank) => ranks[bin.flags]?.fill(rank, bin.tenths, bin.tenths + 1));
  const rankOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    rankOf[i] = ranks[series.flags[i]! & FLAG_MMOL]![series.tenths[i]!]!;
  }
  return { values: Float64Array.from(bins, (bin) => bin.mgdl), rankOf };
}

/** The 5 minutes of the clock that each sample falls into. */
function fineSlots({ count, days, wallClock }: Timeline): Int16Array {
  const slots = new Int16Array(count);
  for (const { day, start, end } of days) {
    const midnight = day * SECONDS_PER_DAY;
    for (let i = start; i < end; i++) slots[i] = Math.floor((wallClock[i]! - midnight) / 300);
  }
  return slots;
}

/** Counts per distinct value of the readings within ±15 minutes of a time of day; sliding costs only what changes. */
class PooledWindow {
  count = 0;
  private readonly counts: Int32Array;
  /** The samples of fine slot `s`, ascending, stand in `samples` from `startOf[s]` to before `startOf[s + 1]`. */
  private readonly samples: Int32Array;
  private readonly startOf = new Int32Array(FINE_SLOTS + 1);
  private readonly dayOf: Int32Array;
  private readonly stampOf: Int32Array;
  private stamp = 0;
  private from = 0;
  private until = 0;

  constructor(
    timeline: Timeline,
    private readonly ranks: Ranks,
  ) {
    this.counts = new Int32Array(ranks.values.length);
    this.dayOf = new Int32Array(timeline.count);
    this.stampOf = new Int32Array(timeline.days.length);
    const slotOf = fineSlots(timeline);
    timeline.days.forEach(({ start, end }, index) => this.dayOf.fill(index, start, end));
    for (const slot of slotOf) this.startOf[slot + 1]!++;
    for (let slot = 0; slot < FINE_SLOTS; slot++) this.startOf[slot + 1]! += this.startOf[slot]!;
    this.samples = new Int32Array(timeline.count);
    const next = this.startOf.slice();
    for (let i = 0; i < slotOf.length; i++) this.samples[next[slotOf[i]!]!++] = i;
  }

  /** Fine slots cover `[slot - 3, slot + 3)`: exactly 15 minutes on either side. */
  moveTo(fineSlot: number): void {
    if (this.from === this.until) this.from = this.until = fineSlot - FINE_PER_SLOT;
    while (this.until < fineSlot + FINE_PER_SLOT) this.change(this.until++, 1);
    while (this.from < fineSlot - FINE_PER_SLOT) this.change(this.from++, -1);
  }

  private change(fineSlot: number, by: 1 | -1): void {
    const slot = (fineSlot + FINE_SLOTS) % FINE_SLOTS;
    const { samples, counts } = this;
    const { rankOf } = this.ranks;
    const end = this.startOf[slot + 1]!;
    for (let at = this.startOf[slot]!; at < end; at++) counts[rankOf[samples[at]!]!]! += by;
    this.count += by * (end - this.startOf[slot]!);
  }

  distinctDays(): number {
    this.stamp++;
    let days = 0;
    for (let fineSlot = this.from; fineSlot < this.until; fineSlot++) {
      const slot = (fineSlot + FINE_SLOTS) % FINE_SLOTS;
      for (let at = this.startOf[slot]!; at < this.startOf[slot + 1]!; at++) {
        const day = this.dayOf[this.samples[at]!]!;
        if (this.stampOf[day] === this.stamp) continue;
        this.stampOf[day] = this.stamp;
        days++;
      }
    }
    return days;
  }

  quantile(probability: number): number {
    if (this.count === 0) return Number.NaN;
    const position = (this.count - 1) * probability;
    const below = Math.floor(position);
    let low = Number.NaN;
    let passed = 0;
    for (let rank = 0; rank < this.counts.length; rank++) {
      passed += this.counts[rank] ?? 0;
      const value = this.ranks.values[rank] ?? Number.NaN;
      if (Number.isNaN(low) && below < passed) low = value;
      if (Math.min(below + 1, this.count - 1) < passed) return low + (position - below) * (value - low);
    }
    return Number.NaN;
  }
}

/** Weights 1-4-1 with the neighbours across midnight; an empty neighbour has no weight, an empty slot stays empty. */
function smooth(curve: Float64Array): Float64Array {
  return curve.map((value, slot) => {
    let sum = 4 * value;
    let weight = 4;
    for (const neighbour of [slot + SLOTS - 1, slot + 1]) {
      const other = curve[neighbour % SLOTS] ?? Number.NaN;
      if (Number.isNaN(other)) continue;
      sum += other;
      weight += 1;
    }
    return sum / weight;
  });
}

/** Where the median profile is highest and lowest; `null` without data. */
export interface ProfileSummary {
  readonly highest: { readonly minuteOfDay: number; readonly mgdl: number } | null;
  readonly lowest: { readonly minuteOfDay: number; readonly mgdl: number } | null;
}

/** The highest and the lowest median of a profile, the earliest of equals. */
export function profileSummary(slots: readonly ProfileSlot[]): ProfileSummary {
  let highest: ProfileSummary['highest'] = null;
  let lowest: ProfileSummary['lowest'] = null;
  for (const { minuteOfDay, p50 } of slots) {
    if (p50 === null) continue;
    if (!highest || p50 > highest.mgdl) highest = { minuteOfDay, mgdl: p50 };
    if (!lowest || p50 < lowest.mgdl) lowest = { minuteOfDay, mgdl: p50 };
  }
  return { highest, lowest };
}

/** The lines a profile is drawn against, mg/dL, ascending. */
export function profileThresholds(targets: GlucoseTargets): number[] {
  const bounds = [targets.veryLowBelow ?? THRESHOLDS[54], targets.low, targets.high, targets.veryHighAbove];
  return bounds.flatMap((bound) => (bound ? [bound.mgdlTenths / 10] : []));
}
