import { thresholdIn } from '../../glycemia/targets.js';
import type { SampleRule } from '../rule.js';
import { isOutOfReach } from './reach.js';
import { CLEAR_MINUTES } from './thresholds.js';

/** A low that the forecast holds likely soon. Without a forecast nothing is said. */
export const predictedLow: SampleRule<'predicted-low'> = {
  code: 'predicted-low',
  judge(window, settings) {
    const { withinMinutes, chance } = settings;
    const threshold = thresholdIn(settings.threshold, 'mg/dL');
    if (isOutOfReach(window, threshold, -1, settings)) return 'clear';
    const forecast = window.forecaster(window.series, window.index);
    if (forecast === null) return 'held';
    const expected = forecast.chanceBelow(threshold, withinMinutes);
    if (expected >= chance) return 'raised';
    return expected < chance / 2 ? 'clear' : 'held';
  },
  sustainMinutes: () => 0,
  clearMinutes: CLEAR_MINUTES,
  severity: () => 'warning',
};
