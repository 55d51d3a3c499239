import type { SampleRule } from '../rule.js';
import { aboveThreshold, CLEAR_MINUTES } from './thresholds.js';

export const high: SampleRule<'high'> = {
  code: 'high',
  judge: (window, { threshold }) => aboveThreshold(window, threshold),
  sustainMinutes: ({ sustainMinutes }) => sustainMinutes,
  clearMinutes: CLEAR_MINUTES,
  severity: () => 'warning',
};
