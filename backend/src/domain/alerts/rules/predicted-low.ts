import { thresholdIn } from '../../glycemia/targets.js';
import type { SampleRule } from '../rule.js';
import { CLEAR_MINUTES } from './thresholds.js';

/** A low that the forecast holds likely soon. Without a forecast nothing is said. */
export const predictedLow: SampleRule<'predicted-low'> = {
  code: 'predicted-low',
  judge({ series, index, forecaster }, { threshold, withinMinutes, chance }) {
    const forecast = forecaster(series, index);
    if (forecast === null) return 'held';
    const expected = forecast.chanceBelow(thresholdIn(threshold, 'mg/dL'), withinMinutes);
    if (expected >= chance) return 'raised';
    return expected < chance / 2 ? 'clear' : 'held';
  },
  sustainMinutes: () => 0,
  clearMinutes: CLEAR_MINUTES,
  severity: () => 'warning',
};
