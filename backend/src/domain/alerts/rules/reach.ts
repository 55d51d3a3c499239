import { mgdlOf } from '../../glycemia/units.js';
import { rateOf } from '../rate.js';
import type { PredictedThreshold } from '../settings.js';
import type { RuleWindow } from '../rule.js';

/** mg/dL a minute: no forecast expects level glucose to move faster for as long as rules look ahead. */
const LEAST_PACE = 2.5;
/** Chances below this ask for the far tails of a forecast, which reach twice as far. */
const SMALL_CHANCE = 0.15;

type Asked = Pick<PredictedThreshold, 'withinMinutes' | 'chance'>;

/**
 * Whether glucose is so far from a threshold that a forecast cannot come near the chance that is asked for: its answer
 * would be `clear`, and costs a hundred times what this does. What counts is the pace that it would need, against that
 * of level glucose and how fast it moves towards the threshold already. Never true where the rate is not known.
 * @param towards -1 for a threshold below, 1 for one above
 */
export function isOutOfReach(
  { series, index }: RuleWindow,
  thresholdMgdl: number,
  towards: -1 | 1,
  { withinMinutes, chance }: Asked,
): boolean {
  const distance = towards * (thresholdMgdl - mgdlOf(series.tenths[index] ?? 0, series.flags[index] ?? 0));
  const reach = chance < SMALL_CHANCE ? 2 : 1;
  if (distance < reach * LEAST_PACE * withinMinutes) return false;
  const rate = rateOf(series, index);
  if (rate === null) return false;
  return distance >= reach * (LEAST_PACE + Math.max(0, towards * rate.mgdlPerMinute)) * withinMinutes;
}
