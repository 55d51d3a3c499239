import { type Threshold, thresholdTenths } from '../../glycemia/targets.js';
import { FLAG_MMOL } from '../../glycemia/units.js';
import type { Phase, RuleWindow } from '../rule.js';

/** How far back inside a threshold glucose must be before an alert may end: 10 mg/dL or 0.6 mmol/L. */
const HYSTERESIS_TENTHS = { mgdl: 100, mmol: 6 };

export const CLEAR_MINUTES = 15;

const valueAt = ({ series, index }: RuleWindow) => ({
  tenths: series.tenths[index] ?? 0,
  flags: series.flags[index] ?? 0,
});

const hysteresis = (flags: number): number =>
  (flags & FLAG_MMOL) === 0 ? HYSTERESIS_TENTHS.mgdl : HYSTERESIS_TENTHS.mmol;

/** A sample below a threshold raises; one at least the hysteresis above it clears. */
export function belowThreshold(window: RuleWindow, threshold: Threshold): Phase {
  const { tenths, flags } = valueAt(window);
  const limit = thresholdTenths(threshold, flags);
  if (tenths < limit) return 'raised';
  return tenths >= limit + hysteresis(flags) ? 'clear' : 'held';
}

/** A sample above a threshold raises; one at least the hysteresis below it clears. */
export function aboveThreshold(window: RuleWindow, threshold: Threshold): Phase {
  const { tenths, flags } = valueAt(window);
  const limit = thresholdTenths(threshold, flags);
  if (tenths > limit) return 'raised';
  return tenths <= limit - hysteresis(flags) ? 'clear' : 'held';
}

export const isBelow = (window: RuleWindow, threshold: Threshold): boolean =>
  valueAt(window).tenths < thresholdTenths(threshold, valueAt(window).flags);

export const isAbove = (window: RuleWindow, threshold: Threshold): boolean =>
  valueAt(window).tenths > thresholdTenths(threshold, valueAt(window).flags);
