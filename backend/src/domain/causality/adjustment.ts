import type { Observations } from './observations.js';

/**
 * The same observations less the mean of their group, for instance of their hour of the day or of weekends: what every
 * variable does by the clock would otherwise look like one causing the other. Missing values stay missing.
 */
export function withoutGroupMeans(data: Observations, groups: ArrayLike<number>): Observations {
  return { names: data.names, columns: data.columns.map((column) => lessGroupMeans(column, groups)) };
}

function lessGroupMeans(column: Float64Array, groups: ArrayLike<number>): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>();
  for (const [step, value] of column.entries()) {
    if (Number.isNaN(value)) continue;
    const group = groups[step] ?? 0;
    const { sum, count } = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: sum + value, count: count + 1 });
  }
  return withoutRounding(column, (value, step) => {
    const { sum, count } = sums.get(groups[step] ?? 0) ?? { sum: 0, count: 1 };
    return value - sum / count;
  });
}

/** The same observations less a straight line in time, so that two things that both drift do not look linked. */
export function withoutTrend(data: Observations): Observations {
  return { names: data.names, columns: data.columns.map(lessTrend) };
}

function lessTrend(column: Float64Array): Float64Array {
  let count = 0;
  let meanStep = 0;
  let meanValue = 0;
  let spread = 0;
  let shared = 0;
  // Welford's updates: no difference of large sums.
  for (const [step, value] of column.entries()) {
    if (Number.isNaN(value)) continue;
    count++;
    const fromMean = step - meanStep;
    meanStep += fromMean / count;
    spread += fromMean * (step - meanStep);
    meanValue += (value - meanValue) / count;
    shared += fromMean * (value - meanValue);
  }
  const slope = spread > 0 ? shared / spread : 0;
  return withoutRounding(column, (value, step) => value - meanValue - slope * (step - meanStep));
}

/** What is left of a value that was explained in full is rounding: exactly zero, so that it can pass for no change. */
function withoutRounding(column: Float64Array, rest: (value: number, step: number) => number): Float64Array {
  let largest = 0;
  for (const value of column) if (Math.abs(value) > largest) largest = Math.abs(value);
  return column.map((value, step) => {
    const left = rest(value, step);
    return Math.abs(left) <= 1e-11 * largest ? 0 : left;
  });
}
