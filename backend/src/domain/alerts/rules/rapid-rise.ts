import { rateOf } from '../rate.js';
import type { SampleRule } from '../rule.js';
import { isAbove } from './thresholds.js';

/** Rises faster than the limit even where the slope is one standard error kinder than measured. */
export const rapidRise: SampleRule<'rapid-rise'> = {
  code: 'rapid-rise',
  judge(window, { mgdlPerMinute, beyond }) {
    const rate = rateOf(window.series, window.index);
    if (rate === null) return 'held';
    if (isAbove(window, beyond) && rate.mgdlPerMinute - rate.errorMgdlPerMinute >= mgdlPerMinute) return 'raised';
    return rate.mgdlPerMinute < mgdlPerMinute / 2 ? 'clear' : 'held';
  },
  sustainMinutes: () => 0,
  clearMinutes: 10,
  severity: () => 'info',
};
