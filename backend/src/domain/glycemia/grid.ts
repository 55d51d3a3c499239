import { SECONDS_PER_DAY } from '../time/zone.js';
import { distributionOfPairs, quantileOfDistribution } from './distribution.js';
import { roundHalfEven } from './numeric.js';
import type { OffsetSpan } from './offset-spans.js';

/** Readings further apart than this are not joined by a line. */
export const GAP_MINUTES = 45;

/**
 * Glucose on a regular clock: one row per local day, one column per step. The first column of a row is one step after
 * midnight and the last is 24:00, so a reading at midnight closes its day. NaN marks what was not measured.
 */
export interface GlucoseGrid {
  readonly stepMinutes: number;
  readonly slotsPerDay: number;
  readonly dayCount: number;
  /** Row-major, mg/dL. */
  readonly values: Float64Array;
  /** Seconds since the epoch; NaN for a clock time that was skipped when clocks were put forward. */
  readonly instants: Float64Array;
}

/** Ascending instants (seconds) with their values (mg/dL), one value per instant. */
export interface MgdlSeries {
  readonly instants: Float64Array;
  readonly mgdl: Float64Array;
}

/** Median distance of neighbouring readings in minutes, before any rounding; NaN below two readings. */
export function medianStepMinutes(instants: Float64Array): number {
  return (majorityStep(instants) ?? medianStep(instants)) / 60;
}

/** The step that more than half of the readings keep, which then is the median: sensors keep time. */
function majorityStep(instants: Float64Array): number | null {
  const stepAt = (i: number): number => (instants[i] ?? 0) - (instants[i - 1] ?? 0);
  let candidate = Number.NaN;
  let lead = 0;
  for (let i = 1; i < instants.length; i++) {
    if (lead === 0) candidate = stepAt(i);
    lead += stepAt(i) === candidate ? 1 : -1;
  }
  let count = 0;
  for (let i = 1; i < instants.length; i++) if (stepAt(i) === candidate) count++;
  return 2 * count > instants.length - 1 ? candidate : null;
}

function medianStep(instants: Float64Array): number {
  const counts = new Map<number, number>();
  for (let i = 1; i < instants.length; i++) {
    const seconds = (instants[i] ?? 0) - (instants[i - 1] ?? 0);
    counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
  }
  return quantileOfDistribution(distributionOfPairs([...counts]), 0.5);
}

/** The nearest step, in minutes, that divides a day: 7 becomes 5, 13 becomes 15, anything above 20 becomes 20. */
export function gridStepMinutes(medianMinutes: number): number {
  const step = Math.max(1, roundHalfEven(medianMinutes));
  if (1440 % step === 0) return step;
  if (step > 20) return 20;
  const rest = step % 5;
  return rest > 2 ? step + 5 - rest : step - rest;
}

/**
 * The day grid of a series by linear interpolation. The clock of the person advances it: an hour that was skipped stays
 * empty, of an hour that was lived twice the first pass counts.
 * @param spans must reach from a day before the first reading to three days after the last
 */
export function glucoseGrid(
  series: MgdlSeries,
  spans: readonly OffsetSpan[],
  firstDay: number,
  stepMinutes: number,
): GlucoseGrid {
  const { instants } = series;
  const slotsPerDay = 1440 / stepMinutes;
  const elapsed = (instants.at(-1) ?? 0) - (instants[0] ?? 0);
  const dayCount = instants.length === 0 ? 0 : Math.ceil(elapsed / SECONDS_PER_DAY + 1);
  const gridInstants = instantsOfSlots(spans, firstDay, stepMinutes, dayCount * slotsPerDay);
  return { stepMinutes, slotsPerDay, dayCount, instants: gridInstants, values: interpolate(series, gridInstants) };
}

function instantsOfSlots(spans: readonly OffsetSpan[], firstDay: number, stepMinutes: number, count: number) {
  const slots = new Float64Array(count).fill(Number.NaN);
  const midnight = firstDay * SECONDS_PER_DAY;
  const step = stepMinutes * 60;
  for (const span of spans) {
    const first = Math.max(1, Math.ceil((span.from + span.offset - midnight) / step));
    const after = Math.min(count, Math.ceil((span.until + span.offset - midnight) / step) - 1);
    for (let k = first; k <= after; k++) {
      if (Number.isNaN(slots[k - 1])) slots[k - 1] = midnight + k * step - span.offset;
    }
  }
  return slots;
}

function interpolate({ instants, mgdl }: MgdlSeries, at: Float64Array): Float64Array {
  const values = new Float64Array(at.length).fill(Number.NaN);
  let next = 0;
  let previousInstant = Number.NEGATIVE_INFINITY;
  for (let slot = 0; slot < at.length; slot++) {
    const instant = at[slot] ?? Number.NaN;
    if (Number.isNaN(instant)) continue;
    // After an hour lived twice by zone history the wall clock may step back: search again from the start.
    if (instant < previousInstant) next = 0;
    previousInstant = instant;
    while (next < instants.length && (instants[next] ?? 0) < instant) next++;
    if (next === instants.length) continue;
    const right = instants[next] ?? 0;
    const rightValue = mgdl[next] ?? Number.NaN;
    if (right === instant) values[slot] = rightValue;
    else if (next > 0) {
      const left = instants[next - 1] ?? 0;
      const leftValue = mgdl[next - 1] ?? Number.NaN;
      if (right - left > GAP_MINUTES * 60) continue;
      values[slot] = leftValue + ((instant - left) / (right - left)) * (rightValue - leftValue);
    }
  }
  return values;
}

/** The whole step nearest to a lag in minutes, at least one. */
export const lagSteps = (grid: GlucoseGrid, minutes: number): number =>
  Math.max(1, roundHalfEven(minutes / grid.stepMinutes));

/** How the values of a grid differ from those `lag` slots earlier. */
export interface LaggedChange {
  readonly meanAbsolute: number;
  /** SD (n - 1) of the signed differences. */
  readonly sd: number;
}

/** `v[i + lag] - v[i]` over the row-major grid, present pairs only; NaN where there are too few of them. */
export function laggedChange({ values }: GlucoseGrid, lag: number): LaggedChange {
  const { absolute, sum, squares, count } = sumsOfChanges(values, lag);
  const variance = Math.max(0, squares - (sum * sum) / count) / (count - 1);
  return { meanAbsolute: absolute / count, sd: count < 2 ? Number.NaN : Math.sqrt(variance) };
}

/** The loop alone: with anything to do after it V8 leaves the compiled code at its end and starts the next call without. */
function sumsOfChanges(values: Float64Array, lag: number) {
  let origin = Number.NaN;
  let absolute = 0;
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let i = 0; i + lag < values.length; i++) {
    const difference = values[i + lag]! - values[i]!;
    if (Number.isNaN(difference)) continue;
    if (count++ === 0) origin = difference;
    const distance = difference - origin;
    absolute += Math.abs(difference);
    sum += distance;
    squares += distance * distance;
  }
  return { absolute, sum, squares, count };
}
