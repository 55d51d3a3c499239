import {
  type LowAlarmScore,
  scoreLowAlarms,
  thresholdFor,
  type WatchedTrace,
} from '../../domain/forecasting/low-alarms.js';
import { STEP_MINUTES } from '../../domain/forecasting/horizons.js';
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

/** Minutes within which a low is foretold. */
const AHEAD = [30, 60] as const;
const MOST_FALSE_A_DAY = [0.5, 1] as const;

/** A range with the chance of a low within each of `AHEAD`, as seen from each of its values. */
interface WatchedRange {
  readonly mgdl: Float64Array;
  readonly chances: readonly Float64Array[];
}

/**
 * Alarms before lows at a stride of one; thresholds are chosen on the validation part.
 * @param models the one that is judged, by split
 */
export function lowAlarmRows(set: GlucoBenchSet, models: ReadonlyMap<string, Fitted>) {
  const splits = [...models].map(([seed, fitted]) => {
    const { val, test_id, test_od } = set.splits[seed]!;
    const watched = (ranges: readonly Range[]) => ranges.map((range) => watch(set, range, fitted));
    return { val: watched(val), test_id: watched(test_id), test_od: watched(test_od) };
  });
  const label = [...models.values()][0]?.label;
  return AHEAD.flatMap((within, index) =>
    MOST_FALSE_A_DAY.flatMap((mostFalse) =>
      PARTS.map(([name, part]) => {
        const steps = within / STEP_MINUTES;
        const traces = (ranges: readonly WatchedRange[]): WatchedTrace[] =>
          ranges.map(({ mgdl, chances }) => ({ mgdl, chances: chances[index]! }));
        const ofSplits = splits.map((split) => {
          const threshold = thresholdFor(traces(split.val), mostFalse, THRESHOLDS, steps) ?? 1;
          return scoreLowAlarms(traces(split[part]), threshold, steps);
        });
        return {
          part: `${set.name} ${name}`,
          model: `${label}, low within ${within} min`,
          mostFalseADay: mostFalse,
          ...together(ofSplits),
        };
      }),
    ),
  );
}

function together(ofSplits: readonly LowAlarmScore[]) {
  const total = (of: (one: LowAlarmScore) => number) => ofSplits.reduce((sum, one) => sum + of(one), 0);
  const [lows, alarms] = [total((one) => one.lows), total((one) => one.alarms)];
  const right = total((one) => (one.precision ?? 0) * one.alarms);
  return {
    lows,
    sensitivity: lows === 0 ? null : total((one) => one.foreseen) / lows,
    precision: alarms === 0 ? null : right / alarms,
    falseADay: mean(ofSplits.map(({ falseADay }) => falseADay ?? 0)),
    leadMinutes: mean(ofSplits.flatMap(({ medianLeadMinutes }) => medianLeadMinutes ?? [])),
  };
}

/** Each value forecast once, whatever is asked of the forecast then. */
function watch(set: GlucoBenchSet, range: Range, { model, calibration }: Fitted): WatchedRange {
  const [segment, start, end] = range;
  const mgdl = set.segments[segment]!.mgdl.subarray(start, end);
  const chances = AHEAD.map(() => new Float64Array(mgdl.length).fill(Number.NaN));
  for (const window of protocolWindows(set, [range], 1)) {
    const [scored] = scoreWindows(set, [window], model, calibration);
    for (const [index, within] of AHEAD.entries()) {
      chances[index]![window.at - 1 - start] = chanceBelowWithin(scored!.forecast, within, 70);
    }
  }
  // Lows before the first origin could not have been foreseen.
  const firstOrigin = set.contextSteps - 1;
  return { mgdl: mgdl.subarray(firstOrigin), chances: chances.map((of) => of.subarray(firstOrigin)) };
}
