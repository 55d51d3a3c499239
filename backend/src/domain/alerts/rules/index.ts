import type { SampleRule, SampleRuleCode } from '../rule.js';
import { high } from './high.js';
import { low } from './low.js';
import { predictedHigh } from './predicted-high.js';
import { predictedLow } from './predicted-low.js';
import { rapidFall } from './rapid-fall.js';
import { rapidRise } from './rapid-rise.js';
import { sensorError } from './sensor-error.js';
import { urgentLow } from './urgent-low.js';
import { veryHigh } from './very-high.js';

/** Every rule that reads samples. */
export const SAMPLE_RULES: { readonly [C in SampleRuleCode]: SampleRule<C> } = {
  'urgent-low': urgentLow,
  low,
  high,
  'very-high': veryHigh,
  'rapid-fall': rapidFall,
  'rapid-rise': rapidRise,
  'predicted-low': predictedLow,
  'predicted-high': predictedHigh,
  'sensor-error': sensorError,
};
