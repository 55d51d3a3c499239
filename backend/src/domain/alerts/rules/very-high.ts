import type { SampleRule } from '../rule.js';
import { aboveThreshold, CLEAR_MINUTES } from './thresholds.js';

/** Very high glucose that does not come down within two hours of the alert. */
const URGENT_AFTER_MINUTES = 120;

/** Prolonged very high glucose. */
export const veryHigh: SampleRule<'very-high'> = {
  code: 'very-high',
  judge: (window, { threshold }) => aboveThreshold(window, threshold),
  sustainMinutes: ({ sustainMinutes }) => sustainMinutes,
  clearMinutes: CLEAR_MINUTES,
  severity: (openMinutes) => (openMinutes >= URGENT_AFTER_MINUTES ? 'urgent' : 'warning'),
};
