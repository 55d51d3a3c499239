import * as z from 'zod';
import { type Serving, SHIPPED } from '../../../domain/forecasting/issued.js';
import { ForecastCheck } from '../result.schemas.js';

type Check = z.infer<typeof ForecastCheck>;

/** What a night found out about a person's forecasts, from the answer as it is stored; `null` where that is nothing. */
export const checkOf = (result: string | null): Check | null =>
  result === null ? null : (ForecastCheck.safeParse(JSON.parse(result)).data ?? null);

/** What serves a person from then on; before the first night, the network as it ships. */
export function servingOf(check: Check | null): Serving {
  if (!check) return SHIPPED;
  const { calibrationMgdl: widening, correctionMgdl: weights, followed } = check;
  const { model } = check.choice;
  return {
    model: model === 'personal' && !weights ? 'network' : model,
    correction: weights ? { weights: Float64Array.from(weights) } : null,
    calibration: widening && { mgdl: Float64Array.from(widening) },
    followed: followed ? { until: followed.until, shares: Float64Array.from(followed.missShares) } : null,
  };
}
