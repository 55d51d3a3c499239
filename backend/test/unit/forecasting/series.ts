import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';

export type Reading = readonly [instant: number, value: number];

/** A series of values in the unit of the flags, mg/dL by default. */
export const newSeries = (readings: readonly Reading[], flags = 0): GlucoseSeries => ({
  instants: Float64Array.from(readings, ([instant]) => instant),
  tenths: Int16Array.from(readings, ([, value]) => Math.round(value * 10)),
  flags: new Uint8Array(readings.length).fill(flags),
});

export const steady = (from: number, count: number, step: number, value: number): Reading[] =>
  Array.from({ length: count }, (_, i) => [from + i * step, value] as const);
