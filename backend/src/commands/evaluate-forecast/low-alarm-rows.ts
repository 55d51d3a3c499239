import { scoreLowAlarms, thresholdFor, type WatchedTrace } from '../../domain/forecasting/low-alarms.js';
import { chanceBelowWithin } from '../../domain/forecasting/quantile-forecast.js';
import type { Fitted } from './fit-split.js';
import { type GlucoBenchSet, protocolWindows, type Range } from './glucobench-set.js';
import { scoreWindows } from './protocol-scores.js';

export const PARTS = [
  ['ID', 'test_id'],
  ['OD', 'test_od'],
] as const;

const THRESHOLDS = Array.from({ length: 60 }, (_, i) => 0.02 + i * 0.015);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Alarms before lows at a stride of one; thresholds are chosen on the validation part.
 * @param models the one that is judged, by split
 */
export function lowAlarmRows(set: GlucoBenchSet, models: ReadonlyMap<string, Fitted>) {
  return [30, 60].flatMap((within) =>
    [0.5, 1].flatMap((mostFalse) =>
      PARTS.map(([name, part]) => {
        const ofSplits = [...models].map(([seed, fitted]) => {
          const split = set.splits[seed]!;
          const ahead = within / 5;
          const threshold = thresholdFor(watch(set, split.val, fitted, within), mostFalse, THRESHOLDS, ahead) ?? 1;
          return { threshold, ...scoreLowAlarms(watch(set, split[part], fitted, within), threshold, ahead) };
        });
        const total = (of: (one: (typeof ofSplits)[number]) => number) =>
          ofSplits.reduce((sum, one) => sum + of(one), 0);
        const [lows, alarms] = [total((one) => one.lows), total((one) => one.alarms)];
        const right = total((one) => (one.precision ?? 0) * one.alarms);
        return {
          part: `${set.name} ${name}`,
          model: `${[...models.values()][0]?.label}, low within ${within} min`,
          mostFalseADay: mostFalse,
          lows,
          sensitivity: lows === 0 ? null : total((one) => one.foreseen) / lows,
          precision: alarms === 0 ? null : right / alarms,
          falseADay: mean(ofSplits.map(({ falseADay }) => falseADay ?? 0)),
          leadMinutes: mean(ofSplits.flatMap(({ medianLeadMinutes }) => medianLeadMinutes ?? [])),
        };
      }),
    ),
  );
}

/** Each range with the chance of a low within a time as seen from each value. */
function watch(
  set: GlucoBenchSet,
  ranges: readonly Range[],
  { model, calibration }: Fitted,
  within: number,
): WatchedTrace[] {
  return ranges.map((range) => {
    const [segment, start, end] = range;
    const mgdl = set.segments[segment]!.mgdl.subarray(start, end);
    const chances = new Float64Array(mgdl.length).fill(Number.NaN);
    const windows = protocolWindows(set, [range], 1);
    const scored = scoreWindows(set, windows, model, calibration);
    for (const [i, { at }] of windows.entries()) {
      chances[at - 1 - start] = chanceBelowWithin(scored[i]!.forecast, within, 70);
    }
    // Lows before the first origin could not have been foreseen.
    const firstOrigin = set.contextSteps - 1;
    return { mgdl: mgdl.subarray(firstOrigin), chances: chances.subarray(firstOrigin) };
  });
}
