import { firstAtOrAfter, type GlucoseSeries } from '../glycemia/series.js';
import { THRESHOLDS, thresholdTenths } from '../glycemia/targets.js';
import { mgdlOf } from '../glycemia/units.js';
import { startOfDayAt, wallClockAt, type ZoneHistory } from '../time/zone-history.js';
import { looksLikeCompression } from './compression.js';
import type { Phase } from './rule.js';

/** A night is that of the morning it ends on: midnight to six on the person's clock. */
const NIGHT_SECONDS = 6 * 3600;
export const NIGHTS_LOOKED_AT = 14;
/** Shares of a night, and numbers of nights, without which nothing can be said to recur or to have stopped. */
const COVERED_SHARE = 0.7;
export const COVERED_NIGHTS_AT_LEAST = 10;
/** So many nights raise the finding; below the other number it is over, so that one night more or less does not repeat it. */
export const RAISING_NIGHTS = 3;
const HOLDING_NIGHTS = 2;
/** The consensus counts a low that lasts a quarter of an hour (Battelino 2023, 10.1016/S2213-8587(22)00319-9). */
const LOW_SECONDS = 15 * 60;
/** Further apart, samples say nothing about what lies between them. */
const STEP_SECONDS = 20 * 60;

/** The lows of one night. */
export interface NightLow {
  /** Local date of the morning, as a day number. */
  readonly day: number;
  /** Seconds since the epoch. */
  readonly from: number;
  readonly minutes: number;
  /** The lowest sample, in its native unit. */
  readonly tenths: number;
  readonly flags: number;
}

export interface NightLows {
  /** `unknown` where too few nights were measured. */
  readonly phase: Phase | 'unknown';
  readonly nights: readonly NightLow[];
  readonly coveredNights: number;
  /** The end of the last night looked at, and of the last one with a low. Seconds since the epoch. */
  readonly endsAt: number;
  readonly lastLowEndsAt: number | null;
}

/**
 * Lows that recur at night: on three of the fourteen nights up to the morning of `lastDay`. Lows that look like somebody
 * lying on the sensor are left out.
 */
export function recurrentNightLows(series: GlucoseSeries, zones: ZoneHistory, lastDay: number): NightLows {
  const nights: NightLow[] = [];
  let coveredNights = 0;
  let lastLowEndsAt: number | null = null;
  let endsAt = 0;
  for (let day = lastDay - NIGHTS_LOOKED_AT + 1; day <= lastDay; day++) {
    const night = nightOf(zones, day);
    endsAt = night.to;
    if (coveredSeconds(series, night) >= COVERED_SHARE * (night.to - night.from)) coveredNights += 1;
    const low = lowOf(series, zones, night);
    if (!low) continue;
    nights.push({ day, ...low });
    lastLowEndsAt = night.to;
  }
  return { phase: phaseOf(nights.length, coveredNights), nights, coveredNights, endsAt, lastLowEndsAt };
}

function phaseOf(lows: number, covered: number): NightLows['phase'] {
  if (covered < COVERED_NIGHTS_AT_LEAST) return 'unknown';
  if (lows >= RAISING_NIGHTS) return 'raised';
  return lows >= HOLDING_NIGHTS ? 'held' : 'clear';
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Five or seven hours in the nights in which clocks change. */
function nightOf(zones: ZoneHistory, day: number): Span {
  const from = startOfDayAt(zones, day);
  const to = from + NIGHT_SECONDS;
  const passed = wallClockAt(zones, to) - wallClockAt(zones, from);
  return { from, to: to + NIGHT_SECONDS - passed };
}

const overlap = (one: Span, other: Span): number =>
  Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));

/** Time between samples that are close enough together. */
function coveredSeconds({ instants }: GlucoseSeries, night: Span): number {
  let seconds = 0;
  for (let i = firstAtOrAfter(instants, night.from - STEP_SECONDS); i + 1 < instants.length; i++) {
    const step = { from: instants[i] ?? 0, to: instants[i + 1] ?? 0 };
    if (step.from >= night.to) break;
    if (step.to - step.from <= STEP_SECONDS) seconds += overlap(step, night);
  }
  return seconds;
}

function lowOf(series: GlucoseSeries, zones: ZoneHistory, night: Span): Omit<NightLow, 'day'> | null {
  const found = lowSpans(series, night)
    .filter(
      ({ span, first }) => overlap(span, night) >= LOW_SECONDS && !looksLikeCompression('low', series, first, zones),
    )
    .map(({ span, lowest }) => ({ from: Math.max(span.from, night.from), seconds: overlap(span, night), lowest }));
  const [opening] = found;
  if (!opening) return null;
  const lowest = found.map((one) => one.lowest).reduce((low, one) => (one.mgdl < low.mgdl ? one : low));
  const seconds = found.reduce((sum, one) => sum + one.seconds, 0);
  const { tenths, flags } = lowest;
  return { from: opening.from, minutes: Math.round(seconds / 60), tenths, flags };
}

interface LowSpan {
  readonly span: Span;
  /** Index of the first sample below. */
  readonly first: number;
  readonly lowest: { readonly mgdl: number; readonly tenths: number; readonly flags: number };
}

/** Runs of samples below 70 mg/dL or 3.9 mmol/L, each up to the sample that is back, or to the last one before a gap. */
function lowSpans({ instants, tenths, flags }: GlucoseSeries, night: Span): LowSpan[] {
  const isLow = (i: number): boolean => (tenths[i] ?? 0) < thresholdTenths(THRESHOLDS[70], flags[i] ?? 0);
  const goesOn = (i: number): boolean => (instants[i + 1] ?? Infinity) - (instants[i] ?? 0) <= STEP_SECONDS;
  const found: LowSpan[] = [];
  let i = firstAtOrAfter(instants, night.from);
  while (i > 0 && isLow(i - 1) && goesOn(i - 1)) i -= 1;
  for (; i < instants.length && (instants[i] ?? 0) < night.to; i++) {
    if (!isLow(i)) continue;
    const first = i;
    while (goesOn(i) && isLow(i + 1)) i += 1;
    const to = (goesOn(i) ? instants[i + 1] : instants[i]) ?? 0;
    found.push({ first, span: { from: instants[first] ?? 0, to }, lowest: lowestOf(first, i) });
  }
  return found;

  function lowestOf(from: number, last: number): LowSpan['lowest'] {
    const samples = Array.from({ length: last - from + 1 }, (_, k) => ({
      mgdl: mgdlOf(tenths[from + k] ?? 0, flags[from + k] ?? 0),
      tenths: tenths[from + k] ?? 0,
      flags: flags[from + k] ?? 0,
    }));
    return samples.reduce((low, one) => (one.mgdl < low.mgdl ? one : low));
  }
}
