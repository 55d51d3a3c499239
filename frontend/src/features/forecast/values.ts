import type { ForecastStep, GlucoseUnit, IssuedForecast } from '@/api/types';
import { formatGlucose } from '@/format/glucose';

/** What forecasts call a low. */
export const LOW_MGDL = 70;

/** The step so many minutes ahead, which every forecast of two hours has. */
export function stepAfter({ steps }: IssuedForecast, minutes: number): ForecastStep {
  const step = steps.find((one) => one.minutes === minutes);
  if (!step) throw new Error(`a forecast without its step at ${minutes} minutes`);
  return step;
}

/** The middle and the ends of the 90 % interval, for messages. */
export function wordsAfter(forecast: IssuedForecast, minutes: number, unit: GlucoseUnit, locale: string) {
  const { q05, q50, q95 } = stepAfter(forecast, minutes);
  const [low, middle, high] = [q05, q50, q95].map((mgdl) => formatGlucose(mgdl, unit, locale));
  return { low: low ?? '', middle: middle ?? '', high: high ?? '' };
}
