import type { ForecastStep, GlucoseUnit, IssuedForecast } from '@/api/types';
import { glucoseAxis, glucoseScale } from '../axis';
import { tracePath } from '../trace-path';

/** The axis of every chart of glucose, mg/dL. */
const AXIS_MGDL = { min: 40, max: 400 };
const TICK_MINUTES = 30;

export interface FanLayout {
  readonly minutes: number;
  /** Paths; x in minutes after the reading, y in px. */
  readonly most: string;
  readonly half: string;
  readonly median: string;
  readonly axis: ReadonlyArray<{ mgdl: number; y: number }>;
  readonly targetY: { readonly low: number; readonly high: number };
  readonly ticks: readonly number[];
}

/** A forecast as bands that open from its reading. */
export function layoutFan({ lastMgdl, steps }: IssuedForecast, height: number, unit: GlucoseUnit): FanLayout {
  const axis = glucoseAxis(unit, AXIS_MGDL);
  const y = glucoseScale(axis, height);
  const minutes = steps.at(-1)?.minutes ?? 0;
  const line = (of: (step: ForecastStep) => number) => [
    [0, y(lastMgdl)] as const,
    ...steps.map((step) => [step.minutes, y(of(step))] as const),
  ];
  const band = (low: (step: ForecastStep) => number, high: (step: ForecastStep) => number) =>
    tracePath([...line(high), ...line(low).toReversed()], true);
  const shown = [axis.minMgdl, (axis.minMgdl + axis.maxMgdl) / 2, axis.maxMgdl];
  return {
    minutes,
    most: band(
      ({ q05 }) => q05,
      ({ q95 }) => q95,
    ),
    half: band(
      ({ q25 }) => q25,
      ({ q75 }) => q75,
    ),
    median: tracePath(line(({ q50 }) => q50)),
    axis: shown.map((mgdl) => ({ mgdl, y: y(mgdl) })),
    targetY: { low: y(70), high: y(180) },
    ticks: Array.from({ length: Math.floor(minutes / TICK_MINUTES) + 1 }, (_, index) => index * TICK_MINUTES),
  };
}
