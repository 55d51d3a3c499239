import type { GlucoseSeries } from './series.js';

/** 3 bytes of seconds since the day began, 1 byte of flags, 2 bytes of tenths; big-endian. */
export const SAMPLE_BYTES = 6;

/** The samples of one local day, packed. */
export interface PackedDay {
  /** The first instant of the day, seconds since the epoch. */
  readonly startsAt: number;
  readonly samples: Uint8Array;
}

/** Packs ascending samples that lie less than 194 days after `startsAt` (both in seconds since the epoch). */
export function packSamples(series: GlucoseSeries, startsAt: number): Uint8Array {
  const { instants, tenths, flags } = series;
  const samples = new Uint8Array(instants.length * SAMPLE_BYTES);
  for (let i = 0, at = 0; i < instants.length; i++) {
    const elapsed = (instants[i] ?? 0) - startsAt;
    const value = tenths[i] ?? 0;
    samples[at++] = elapsed >>> 16;
    samples[at++] = elapsed >>> 8;
    samples[at++] = elapsed;
    samples[at++] = flags[i] ?? 0;
    samples[at++] = value >>> 8;
    samples[at++] = value;
  }
  return samples;
}

/** Lines packed days up into one series, ascending, whatever the order of the days. */
export function unpackDays(days: readonly PackedDay[]): GlucoseSeries {
  const count = days.reduce((sum, day) => sum + Math.floor(day.samples.length / SAMPLE_BYTES), 0);
  const series = { instants: new Float64Array(count), tenths: new Int16Array(count), flags: new Uint8Array(count) };
  let index = 0;
  let ascending = true;
  let previous = Number.NEGATIVE_INFINITY;
  for (const { startsAt, samples } of days) {
    for (let at = 0; at + SAMPLE_BYTES <= samples.length; at += SAMPLE_BYTES, index++) {
      const instant = startsAt + ((samples[at]! << 16) | (samples[at + 1]! << 8) | samples[at + 2]!);
      ascending &&= instant > previous;
      previous = instant;
      series.instants[index] = instant;
      series.flags[index] = samples[at + 3]!;
      series.tenths[index] = (samples[at + 4]! << 8) | samples[at + 5]!;
    }
  }
  return ascending ? series : inOrder(series);
}

/** Two days interleave where a person lived a date twice. */
function inOrder({ instants, tenths, flags }: GlucoseSeries): GlucoseSeries {
  const order = Array.from(instants.keys()).sort((a, b) => (instants[a] ?? 0) - (instants[b] ?? 0));
  return {
    instants: Float64Array.from(order, (i) => instants[i] ?? 0),
    tenths: Int16Array.from(order, (i) => tenths[i] ?? 0),
    flags: Uint8Array.from(order, (i) => flags[i] ?? 0),
  };
}
