import { rateOf } from '../rate.js';
import type { SampleRule } from '../rule.js';
import { isBelow } from './thresholds.js';

/** Falls faster than the limit even where the slope is one standard error kinder than measured. */
export const rapidFall: SampleRule<'rapid-fall'> = {
  code: 'rapid-fall',
  judge(window, { mgdlPerMinute, beyond }) {
    const rate = rateOf(window.series, window.index);
    if (rate === null) return 'held';
    if (isBelow(window, beyond) && rate.mgdlPerMinute + rate.errorMgdlPerMinute <= -mgdlPerMinute) return 'raised';
    return rate.mgdlPerMinute > -mgdlPerMinute / 2 ? 'clear' : 'held';
  },
  sustainMinutes: () => 0,
  clearMinutes: 10,
  severity: () => 'warning',
};
