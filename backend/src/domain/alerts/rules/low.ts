import type { SampleRule } from '../rule.js';
import { belowThreshold, CLEAR_MINUTES } from './thresholds.js';

/** A low that treatment did not end within this time needs somebody at once. */
const URGENT_AFTER_MINUTES = 60;

export const low: SampleRule<'low'> = {
  code: 'low',
  judge: (window, { threshold }) => belowThreshold(window, threshold),
  sustainMinutes: ({ sustainMinutes }) => sustainMinutes,
  clearMinutes: CLEAR_MINUTES,
  severity: (openMinutes) => (openMinutes >= URGENT_AFTER_MINUTES ? 'urgent' : 'warning'),
};
