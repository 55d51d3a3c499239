import type { GlucoseGrid } from './grid.js';
import { meanOf, sdOf } from './numeric.js';

/** The grid step, in minutes, on which excursions are sought whatever the sensor. */
export const MAGE_STEP_MINUTES = 5;
const SHORT_POINTS = 5;
const LONG_POINTS = 32;
const MAX_GAP_MINUTES = 180;
const MIN_SD = 1;

/** The excursions of one gap-free stretch: mean heights in mg/dL, NaN where there was none in that direction. */
export interface SegmentExcursions {
  readonly plus: number;
  readonly minus: number;
  readonly first: 'plus' | 'minus' | null;
  /** Distance of the stretch's ends, in grid points: its weight. */
  readonly weight: number;
}

/** The five readings of "mean amplitude of glycaemic excursions" in use, mg/dL; NaN where no excursion was found. */
export interface Mage {
  readonly average: number;
  readonly plus: number;
  readonly minus: number;
  /** Of each stretch only the direction of its first excursion, as Service 1970 counted. */
  readonly service: number;
  readonly max: number;
}

/**
 * Mean amplitude of glycaemic excursions beyond one SD (Service 1970, 10.2337/diab.19.9.644), with turning points found
 * by a short and a long moving average (Fernandes 2022, 10.1177/19322968211061165). Needs a grid of 5-minute steps.
 */
export function mageOf(grid: GlucoseGrid): Mage {
  const rows = segments(grid.values).map(([from, to]) => excursionsOf(grid.values.subarray(from, to)));
  return {
    average: weighted(rows.flatMap((row) => [weigh(row, row.plus), weigh(row, row.minus)])),
    plus: weighted(rows.map((row) => weigh(row, row.plus))),
    minus: weighted(rows.map((row) => weigh(row, row.minus))),
    service: weighted(rows.filter((row) => row.first).map((row) => weigh(row, row[row.first ?? 'plus']))),
    max: weighted(rows.flatMap(larger)),
  };
}

type Weighted = readonly [height: number, weight: number];
const weigh = (row: SegmentExcursions, height: number): Weighted => [height, row.weight];

function larger(row: SegmentExcursions): Weighted[] {
  if (Number.isNaN(row.plus) || Number.isNaN(row.minus)) return [];
  return [weigh(row, Math.max(row.plus, row.minus))];
}

function weighted(rows: readonly Weighted[]): number {
  const present = rows.filter(([height]) => !Number.isNaN(height));
  const weight = present.reduce((sum, row) => sum + row[1], 0);
  return present.reduce((sum, row) => sum + row[0] * row[1], 0) / weight;
}

/** Stretches `[from, to)` between holes longer than three hours; shorter holes stay inside. */
function segments(values: Float64Array): Array<[from: number, to: number]> {
  const found: Array<[number, number]> = [];
  let from = -1;
  let last = -1;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    if (from >= 0 && (i - last - 1) * MAGE_STEP_MINUTES > MAX_GAP_MINUTES) {
      found.push([from, last + 1]);
      from = i;
    }
    if (from < 0) from = i;
    last = i;
  }
  if (from >= 0) found.push([from, last + 1]);
  return found;
}

function excursionsOf(values: Float64Array): SegmentExcursions {
  const weight = values.length - 1;
  const sd = sdOf(values);
  if (values.length < LONG_POINTS || !(sd >= MIN_SD)) {
    return { plus: Number.NaN, minus: Number.NaN, first: null, weight };
  }
  const extrema = turningPoints(values);
  const up = excursions(extrema, sd, 1);
  const down = excursions(extrema, sd, -1);
  return { plus: meanHeight(up), minus: meanHeight(down), first: firstDirection(up, down), weight };
}

interface Excursion {
  readonly height: number;
  readonly start: number;
  readonly peak: number;
}

const meanHeight = (found: readonly Excursion[]): number => meanOf(found.map((excursion) => excursion.height));

function firstDirection(up: readonly Excursion[], down: readonly Excursion[]): 'plus' | 'minus' | null {
  const [firstUp] = up;
  const [firstDown] = down;
  if (firstUp && (!firstDown || firstUp.peak <= firstDown.start)) return 'plus';
  return firstDown ? 'minus' : null;
}

/** The extremum of each bracket between crossings of the short and the long moving average. */
function turningPoints(values: Float64Array): Float64Array {
  const short = movingAverage(values, SHORT_POINTS);
  const long = movingAverage(values, LONG_POINTS);
  const distance = new Float64Array(values.length);
  for (let i = 0; i < distance.length; i++) distance[i] = (short[i] ?? Number.NaN) - (long[i] ?? Number.NaN);
  const crossings = crossingsOf(values, distance);
  const extrema = new Float64Array(crossings.length - 1);
  let previous = 0;
  for (let k = 0; k + 1 < crossings.length; k++) {
    const atCrossing = distance[crossings[k] ?? 0] ?? Number.NaN;
    const isPeak = k === 0 ? atCrossing > 0 : !(atCrossing < 0);
    previous = indexOfExtremum(values, previous, crossings[k + 1] ?? 0, isPeak ? 1 : -1);
    extrema[k] = values[previous] ?? Number.NaN;
  }
  return extrema;
}

function crossingsOf(values: Float64Array, distance: Float64Array): number[] {
  const crossings = [0];
  for (let i = 1; i < values.length; i++) {
    const now = distance[i] ?? Number.NaN;
    const atLast = distance[crossings.at(-1) ?? 0] ?? Number.NaN;
    const present = !Number.isNaN(values[i]) && !Number.isNaN(values[i - 1]);
    if ((present && now * (distance[i - 1] ?? Number.NaN) < 0) || now * atLast < 0) crossings.push(i);
  }
  crossings.push(values.length - 1);
  return crossings;
}

/** Right-aligned mean of the present values; the first points take the first full window. */
function movingAverage(values: Float64Array, width: number): Float64Array {
  const averages = new Float64Array(values.length);
  let i = width - 1;
  for (; i + 3 < values.length; i += 4) averageFour(values, i, width, averages);
  for (; i < values.length; i++) averages[i] = averageOf(values, i, width);
  for (i = width - 1; i < values.length; i++) {
    if (Number.isNaN(averages[i])) averages[i] = meanOf(values, i - width + 1, i + 1);
  }
  return averages.fill(averages[width - 1] ?? Number.NaN, 0, width - 1);
}

/**
 * The average that ends at `i`, NaN where a value is missing. Distances from one value make the average of a flat stretch
 * that very value, so that it crosses nothing.
 */
function averageOf(values: Float64Array, i: number, width: number): number {
  const origin = values[i]!;
  let sum = 0;
  for (let k = i - width + 1; k < i; k++) sum += values[k]! - origin;
  return origin + sum / width;
}

/** The same of four neighbours at once: one sum waits for each of its additions, four wait together. */
function averageFour(values: Float64Array, i: number, width: number, averages: Float64Array): void {
  const a = values[i]!;
  const b = values[i + 1]!;
  const c = values[i + 2]!;
  const d = values[i + 3]!;
  let sumA = 0;
  let sumB = 0;
  let sumC = 0;
  let sumD = 0;
  for (let k = i - width + 1; k < i; k++) {
    sumA += values[k]! - a;
    sumB += values[k + 1]! - b;
    sumC += values[k + 2]! - c;
    sumD += values[k + 3]! - d;
  }
  averages[i] = a + sumA / width;
  averages[i + 1] = b + sumB / width;
  averages[i + 2] = c + sumC / width;
  averages[i + 3] = d + sumD / width;
}

function indexOfExtremum(values: Float64Array, from: number, to: number, sign: number): number {
  let best = from;
  for (let i = from; i <= to; i++) {
    const value = sign * (values[i] ?? Number.NaN);
    if (value > sign * (values[best] ?? Number.NaN) || Number.isNaN(values[best])) best = i;
  }
  return best;
}

/**
 * Excursions of at least one SD in one direction: the greatest rise into a point, carried on to the highest point before
 * a fall of more than one SD. Falls are sought as rises of the mirrored series.
 */
function excursions(extrema: Float64Array, sd: number, sign: 1 | -1): Excursion[] {
  const heights = extrema.map((value) => sign * value);
  const at = (i: number): number => heights[i] ?? Number.NaN;
  const found: Excursion[] = [];
  let from = 0;
  for (let j = 0; j < heights.length;) {
    let start = from;
    for (let i = from; i <= j; i++) if (at(i) < at(start)) start = i;
    if (at(j) - at(start) < sd) {
      j++;
      continue;
    }
    let peak = j;
    let k = j;
    for (; k < heights.length; k++) {
      if (at(k) > at(peak)) peak = k;
      if (at(peak) - at(k) > sd) break;
    }
    found.push({ height: at(peak) - at(start), start, peak });
    // A fall begins again at its nadir, a rise where it was seen to have ended.
    from = sign === 1 ? k : peak;
    j = k;
  }
  return found;
}
