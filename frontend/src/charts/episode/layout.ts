import type { DayPoint, GlucoseUnit, Reading } from '@/api/types';
import { convertGlucose } from '@/format/glucose';
import { glucoseAxis, glucoseScale } from '../axis';
import { splitAtGaps } from '../days/layout';
import { tracePath } from '../trace-path';

const MINUTE_MS = 60_000;
/** The axis of every chart of glucose, mg/dL. */
const AXIS_MGDL = { min: 40, max: 400 };
const TICK_STEPS_MINUTES = [15, 30, 60, 120, 240, 480];
const MOST_TICKS = 4;

export interface EpisodeLayout {
  readonly height: number;
  readonly minutes: number;
  /** x in minutes since the start, y in px. */
  readonly line: string;
  readonly dots: ReadonlyArray<{ minute: number; y: number }>;
  readonly axis: ReadonlyArray<{ mgdl: number; y: number }>;
  readonly thresholdY: number | null;
  /** Minutes since the start. */
  readonly ticks: readonly number[];
}

export interface EpisodeOptions {
  readonly height: number;
  readonly unit: GlucoseUnit;
  readonly from: number;
  readonly to: number;
  readonly thresholdMgdl: number | null;
}

/** The trace around one alert as primitives. Gaps break the line; nothing is drawn between. */
export function layoutEpisode(readings: readonly Reading[], options: EpisodeOptions): EpisodeLayout {
  const { height, unit, from, to, thresholdMgdl } = options;
  const axis = glucoseAxis(unit, AXIS_MGDL);
  const y = glucoseScale(axis, height);
  const minutes = Math.max(1, (to - from) / MINUTE_MS);
  const points = readings.map(({ measuredAt, value, unit: reported }): DayPoint => {
    const minute = Math.round(((Date.parse(measuredAt) - from) / MINUTE_MS) * 10) / 10;
    return [minute, convertGlucose(value, reported, 'mg/dL'), 0];
  });
  const step = TICK_STEPS_MINUTES.find((candidate) => minutes / candidate <= MOST_TICKS) ?? minutes;
  const ticks = Array.from({ length: Math.floor(minutes / step) + 1 }, (_, index) => index * step);
  const shown = [axis.minMgdl, (axis.minMgdl + axis.maxMgdl) / 2, axis.maxMgdl];
  return {
    height,
    minutes,
    line: splitAtGaps(points)
      .map((run) => tracePath(run.map(([minute, mgdl]) => [minute, y(mgdl)])))
      .join(''),
    dots: points.map(([minute, mgdl]) => ({ minute, y: y(mgdl) })),
    axis: shown.map((mgdl) => ({ mgdl, y: y(mgdl) })),
    thresholdY: thresholdMgdl === null ? null : y(thresholdMgdl),
    ticks,
  };
}
