import type { GlucoseSeries } from '../glycemia/series.js';
import type { Forecaster } from './forecast.js';
import type { AlertSettings, RuleCode } from './settings.js';
import type { Severity } from './severity.js';

/** What a rule may look at: one sample and those before it. Later ones do not exist yet. */
export interface RuleWindow {
  readonly series: GlucoseSeries;
  readonly index: number;
  readonly forecaster: Forecaster;
}

/**
 * What one sample says: `raised` counts towards an alert, `held` keeps an open one and opens none (the band of the
 * hysteresis), `clear` counts towards its end.
 */
export type Phase = 'raised' | 'held' | 'clear';

/** Rules that read samples. The others follow from silence (`no-data`) or from a model (`finding`). */
export type SampleRuleCode = Exclude<RuleCode, 'no-data' | 'finding'>;

/** A rule is a value: it never reads a clock, a database or a setting of its own. */
export interface SampleRule<C extends SampleRuleCode = SampleRuleCode> {
  readonly code: C;
  judge(window: RuleWindow, settings: AlertSettings[C]): Phase;
  /** Minutes of `raised` samples before the alert opens. */
  sustainMinutes(settings: AlertSettings[C]): number;
  /** Minutes of `clear` samples that end it. */
  readonly clearMinutes: number;
  /** How grave it is once it has been open for some minutes. */
  severity(openMinutes: number): Severity;
}
