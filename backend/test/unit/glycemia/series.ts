import type { ReportOptions } from '../../../src/domain/glycemia/report.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { type Timeline, timelineOf } from '../../../src/domain/glycemia/timeline.js';
import { FLAG_MMOL, type GlucoseUnit } from '../../../src/domain/glycemia/units.js';

/** 2024-01-15T00:00:00Z. */
export const MONDAY = 1_705_276_800;
export const DAY = 86_400;

interface Shape {
  readonly start?: number;
  readonly stepMinutes?: number;
  readonly unit?: GlucoseUnit;
}

/** A regular series of native values; `null` leaves a hole. */
export function seriesOf(values: ReadonlyArray<number | null>, shape: Shape = {}): GlucoseSeries {
  const { start = MONDAY, stepMinutes = 5, unit = 'mg/dL' } = shape;
  const points = values.flatMap((value, i) => (value === null ? [] : [[start + i * stepMinutes * 60, value] as const]));
  return {
    instants: Float64Array.from(points, ([instant]) => instant),
    tenths: Int16Array.from(points, ([, value]) => Math.round(value * 10)),
    flags: new Uint8Array(points.length).fill(unit === 'mg/dL' ? 0 : FLAG_MMOL),
  };
}

/** Series one after another in time. */
export function joined(...parts: readonly GlucoseSeries[]): GlucoseSeries {
  return {
    instants: Float64Array.from(parts.flatMap((part) => [...part.instants])),
    tenths: Int16Array.from(parts.flatMap((part) => [...part.tenths])),
    flags: Uint8Array.from(parts.flatMap((part) => [...part.flags])),
  };
}

export const repeat = (value: number | null, times: number): Array<number | null> =>
  Array.from({ length: times }, () => value);

/** A daily wave at 5-minute steps from `start`, whole mg/dL. */
export const wave = (days: number, mean = 140, height = 60): number[] =>
  Array.from({ length: days * 288 }, (_, i) => Math.round(mean + height * Math.sin((i / 96) * 2 * Math.PI)));

export const inUtc = (series: GlucoseSeries): Timeline => timelineOf(series, [{ from: 0, zone: 'UTC' }]);

/** Options for whole days from `MONDAY` on, in UTC, long over. */
export const daysFromMonday = (days: number, preset: ReportOptions['preset'] = 'adult'): ReportOptions => ({
  history: [{ from: 0, zone: 'UTC' }],
  preset,
  from: MONDAY,
  to: MONDAY + days * DAY,
  now: MONDAY + 400 * DAY,
});
