import type { SampleRule } from '../rule.js';
import { belowThreshold, CLEAR_MINUTES } from './thresholds.js';

/** Glucose that endangers now: one reading is enough. */
export const urgentLow: SampleRule<'urgent-low'> = {
  code: 'urgent-low',
  judge: (window, { threshold }) => belowThreshold(window, threshold),
  sustainMinutes: () => 0,
  clearMinutes: CLEAR_MINUTES,
  severity: () => 'urgent',
};
