import type { GlucoseSeries } from '../glycemia/series.js';
import type { Forecaster } from './forecast.js';
import type { NightLow } from './night-lows.js';
import { rateOf } from './rate.js';
import type { AlertSettings, RuleCode } from './settings.js';
import type { UploaderSilence } from './uploader-silence.js';

const SHOWN_SECONDS = 30 * 60;
export const EXPECTED_IN_MINUTES = 20;

/** What an alert opened on, kept with it. */
export interface AlertEvidence {
  /** The samples of the last half hour up to the opening: instant in seconds, tenths of the native unit, flags. */
  readonly samples: ReadonlyArray<readonly [at: number, tenths: number, flags: number]>;
  readonly mgdlPerMinute: number | null;
  /** The middle of what the forecast expected 20 minutes on. */
  readonly expectedMgdl: number | null;
  /** What was asked of the rule at that moment, its threshold among it. */
  readonly settings: AlertSettings[RuleCode];
  /** Of a finding alone: the nights it is about, and how many of those looked at were measured. */
  readonly nights?: readonly NightLow[];
  readonly coveredNights?: number;
  /** Of silence alone, and no part of what an evaluation finds: added by who looks, as known then. */
  readonly uploader?: UploaderSilence;
}

export function evidenceAt(
  series: GlucoseSeries,
  index: number,
  forecaster: Forecaster,
  settings: AlertSettings[RuleCode],
): AlertEvidence {
  const { instants, tenths, flags } = series;
  let first = index;
  while (first > 0 && (instants[index] ?? 0) - (instants[first - 1] ?? 0) <= SHOWN_SECONDS) first--;
  const samples: Array<readonly [number, number, number]> = [];
  for (let i = first; i <= index; i++) samples.push([instants[i] ?? 0, tenths[i] ?? 0, flags[i] ?? 0]);
  const expectedMgdl = forecaster(series, index)?.medianMgdl(EXPECTED_IN_MINUTES);
  return {
    samples,
    mgdlPerMinute: rounded(rateOf(series, index)?.mgdlPerMinute),
    expectedMgdl: rounded(expectedMgdl),
    settings,
  };
}

/** To two decimals: more would claim what no sensor knows. */
const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 100) / 100;
