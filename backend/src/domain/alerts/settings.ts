import { type Threshold, THRESHOLDS } from '../glycemia/targets.js';
import { type GlucoseUnit, MGDL_PER_MMOLL } from '../glycemia/units.js';

/**
 * What a person is alerted to. Every rule has a fixed code; the codes are API. Thresholds hold both units, since a value
 * is judged in the unit its device reported.
 */
export interface AlertSettings {
  readonly 'urgent-low': { readonly enabled: boolean; readonly threshold: Threshold };
  readonly low: SustainedThreshold;
  readonly high: SustainedThreshold;
  readonly 'very-high': SustainedThreshold;
  readonly 'rapid-fall': RateLimit;
  readonly 'rapid-rise': RateLimit;
  readonly 'predicted-low': PredictedThreshold;
  readonly 'predicted-high': PredictedThreshold;
  readonly 'no-data': { readonly enabled: boolean; readonly afterMinutes: number };
  readonly 'sensor-error': { readonly enabled: boolean };
  readonly finding: { readonly enabled: boolean };
}

export interface SustainedThreshold {
  readonly enabled: boolean;
  readonly threshold: Threshold;
  /** Minutes beyond the threshold before the alert opens; 0 opens with the first reading. */
  readonly sustainMinutes: number;
}

export interface RateLimit {
  readonly enabled: boolean;
  /** A positive number: how fast glucose falls or rises. */
  readonly mgdlPerMinute: number;
  /** A fall counts only below this value, a rise only above it. */
  readonly beyond: Threshold;
}

export interface PredictedThreshold {
  readonly enabled: boolean;
  readonly threshold: Threshold;
  readonly withinMinutes: number;
  /** The chance, above 0 and below 1, from which on the alert opens. */
  readonly chance: number;
}

export type RuleCode = keyof AlertSettings;

/** A threshold that somebody set in one unit. The other unit gets the value that people pair with it: 3.9 mmol/L is 70 mg/dL. */
export function thresholdOf(value: number, unit: GlucoseUnit): Threshold {
  return unit === 'mg/dL'
    ? { mgdlTenths: Math.round(value * 10), mmolTenths: Math.round((value / MGDL_PER_MMOLL) * 10) }
    : { mgdlTenths: Math.round(value * MGDL_PER_MMOLL) * 10, mmolTenths: Math.round(value * 10) };
}

/**
 * What holds where nobody chose otherwise. Sounds at night are few: rates and forecasts of highs are off. The chances are
 * the least with at most one false alarm in ten days, of people whom the table of `docs/benchmarks.md` is not about.
 */
export const DEFAULT_ALERT_SETTINGS: AlertSettings = {
  'urgent-low': { enabled: true, threshold: THRESHOLDS[54] },
  low: { enabled: true, threshold: THRESHOLDS[70], sustainMinutes: 0 },
  high: { enabled: true, threshold: THRESHOLDS[250], sustainMinutes: 15 },
  'very-high': { enabled: true, threshold: thresholdOf(300, 'mg/dL'), sustainMinutes: 60 },
  'rapid-fall': { enabled: true, mgdlPerMinute: 3, beyond: thresholdOf(150, 'mg/dL') },
  'rapid-rise': { enabled: false, mgdlPerMinute: 3, beyond: THRESHOLDS[180] },
  'predicted-low': { enabled: true, threshold: thresholdOf(55, 'mg/dL'), withinMinutes: 20, chance: 0.15 },
  'predicted-high': { enabled: false, threshold: THRESHOLDS[250], withinMinutes: 30, chance: 0.3 },
  'no-data': { enabled: true, afterMinutes: 30 },
  'sensor-error': { enabled: true },
  finding: { enabled: true },
};

export const RULE_CODES = Object.keys(DEFAULT_ALERT_SETTINGS) as readonly RuleCode[];
