import { type GlucoseGrid, laggedChange, lagSteps } from './grid.js';
import { meanOf, sdOf } from './numeric.js';
import { MGDL_PER_MMOLL } from './units.js';

/** Mean absolute difference to the value `days` days earlier at the same clock time, mg/dL (Service & Nelson 1980). */
export const modd = (grid: GlucoseGrid, days = 1): number => laggedChange(grid, grid.slotsPerDay * days).meanAbsolute;

/** SD of the differences to the value `hours` hours earlier, mg/dL (McDonnell 2005, 10.1089/dia.2005.7.253). */
export const conga = (grid: GlucoseGrid, hours: number): number => laggedChange(grid, hours * lagSteps(grid, 60)).sd;

/**
 * Mean absolute change per hour at the grid step, mg/dL per hour (Hermanides 2010, 10.1097/CCM.0b013e3181cc4be9).
 */
export const mag = (grid: GlucoseGrid): number => (laggedChange(grid, 1).meanAbsolute * 60) / grid.stepMinutes;

/** How much longer the trace is than a flat one, %, with minutes against mg/dL (Peyser 2017, 10.1089/dia.2017.0187). */
export function gvp(grid: GlucoseGrid): number {
  const step = grid.stepMinutes;
  let length = 0;
  let count = 0;
  const { values } = grid;
  for (let i = 0; i + 1 < values.length; i++) {
    const change = values[i + 1]! - values[i]!;
    if (Number.isNaN(change)) continue;
    length += Math.sqrt(step * step + change * change);
    count++;
  }
  return 100 * (length / count / step - 1);
}

/** SD of the rate of change over 15 minutes, mg/dL per minute (Clarke 2009, 10.1089/dia.2008.0138). */
export const sdOfRateOfChange = (grid: GlucoseGrid): number =>
  laggedChange(grid, Math.max(1, Math.trunc(15 / grid.stepMinutes))).sd / 15;

/**
 * Mean over days of the average hourly area under the curve, mg/dL: trapezoids of neighbouring grid points within a day,
 * over the hours they span (Danne 2017, 10.2337/dc17-1600).
 */
export function hourlyAuc(grid: GlucoseGrid): number {
  const perDay = forEachRow(grid, (from, to) => {
    let sum = 0;
    let count = 0;
    for (let i = from; i + 1 < to; i++) {
      const middle = ((grid.values[i] ?? Number.NaN) + (grid.values[i + 1] ?? Number.NaN)) / 2;
      if (Number.isNaN(middle)) continue;
      sum += middle;
      count++;
    }
    return sum / count;
  });
  return meanOf(perDay);
}

function forEachRow(grid: GlucoseGrid, measure: (from: number, to: number) => number): Float64Array {
  const results = new Float64Array(grid.dayCount);
  for (let day = 0; day < grid.dayCount; day++) {
    results[day] = measure(day * grid.slotsPerDay, (day + 1) * grid.slotsPerDay);
  }
  return results;
}

/** The SD family of Rodbard 2009 (10.1089/dia.2009.0015), mg/dL; NaN where a member has too little data. */
export interface SdFamily {
  /** Mean of the SDs within days. */
  readonly within: number;
  /** SD of the mean daily profile. */
  readonly ofProfile: number;
  /** Mean of the SDs within an hour. */
  readonly withinHour: number;
  /** SD of the daily means. */
  readonly ofDailyMeans: number;
  /** Mean over clock times of the SD between days. */
  readonly betweenDays: number;
  /** The same after each day's mean was taken off. */
  readonly betweenDaysCorrected: number;
}

/** The SD family of a grid. Part days count as a full row; rows and columns with fewer than two values are left out. */
export function sdFamily(grid: GlucoseGrid): SdFamily {
  const { values, slotsPerDay, dayCount } = grid;
  const dailyMeans = forEachRow(grid, (from, to) => meanOf(values, from, to));
  const profile = new Float64Array(slotsPerDay);
  const between = new Float64Array(slotsPerDay);
  const corrected = new Float64Array(slotsPerDay);
  const column = new Float64Array(dayCount);
  for (let slot = 0; slot < slotsPerDay; slot++) {
    for (let day = 0; day < dayCount; day++) column[day] = values[day * slotsPerDay + slot] ?? Number.NaN;
    profile[slot] = meanOf(column);
    between[slot] = sdOf(column);
    for (let day = 0; day < dayCount; day++) column[day] = (column[day] ?? 0) - (dailyMeans[day] ?? Number.NaN);
    corrected[slot] = sdOf(column);
  }
  return {
    within: meanOf(forEachRow(grid, (from, to) => sdOf(values, from, to))),
    ofProfile: sdOf(profile),
    withinHour: sdWithinHour(grid),
    ofDailyMeans: sdOf(dailyMeans),
    betweenDays: meanOf(between),
    betweenDaysCorrected: meanOf(corrected),
  };
}

function sdWithinHour(grid: GlucoseGrid): number {
  const width = lagSteps(grid, 60);
  const sds = new Float64Array(Math.max(0, grid.values.length - width + 1));
  for (let i = 0; i < sds.length; i++) sds[i] = sdOfHour(grid.values, i, width);
  return meanOf(sds);
}

/** What `sdOf` says of an hour, without looking for missing values one by one: few hours have any. */
function sdOfHour(values: Float64Array, from: number, width: number): number {
  const origin = values[from]!;
  let sum = 0;
  let squares = 0;
  for (let i = from + 1; i < from + width; i++) {
    const distance = values[i]! - origin;
    sum += distance;
    squares += distance * distance;
  }
  if (width < 2 || Number.isNaN(sum)) return sdOf(values, from, from + width);
  return Math.sqrt(Math.max(0, squares - (sum * sum) / width) / (width - 1));
}

/** Mean and SD over days of each day's CV, % (Umpierrez & Kovatchev 2018, 10.1016/j.amjms.2018.09.010). */
export function dailyCv(grid: GlucoseGrid): { mean: number; sd: number } {
  const cvs = forEachRow(grid, (from, to) => (100 * sdOf(grid.values, from, to)) / meanOf(grid.values, from, to));
  return { mean: meanOf(cvs), sd: sdOf(cvs) };
}

/**
 * Lability index, mmol²/L²/h per week (Ryan 2004, 10.2337/diabetes.53.4.955): the squared changes of hourly values over
 * the hour between them, summed and scaled to the 168 hours of a week. NaN below 24 hourly pairs.
 */
export function labilityIndex(grid: GlucoseGrid): number {
  const lag = lagSteps(grid, 60);
  let sum = 0;
  let pairs = 0;
  for (let i = lag - 1; i + lag < grid.values.length; i += lag) {
    const change = ((grid.values[i + lag] ?? Number.NaN) - (grid.values[i] ?? Number.NaN)) / MGDL_PER_MMOLL;
    if (Number.isNaN(change)) continue;
    sum += change * change;
    pairs++;
  }
  return pairs < 24 ? Number.NaN : (sum / pairs) * 168;
}
