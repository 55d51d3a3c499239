import { canonicalSeries, type SourcedReading, type SourcePriorities } from './day-canonical.js';
import type { LivedDay } from './day-calendar.js';
import { roundHalfEven } from './numeric.js';
import { packSamples } from './day-samples.js';
import { type DayTotals, dayTotals } from './day-totals.js';
import { coverage, samplingIntervalSeconds } from './timeline.js';

/** One local day of one person: everything that is stored of it, made from its readings and nothing else. */
export interface GlucoseDay extends DayTotals {
  readonly day: number;
  /** The first instant of the day, seconds since the epoch. */
  readonly startsAt: number;
  /** The end of the day, seconds since the epoch; `null` where it was lived in several stretches. */
  readonly endsAt: number | null;
  /** How long the day lasted. */
  readonly lengthSeconds: number;
  readonly samples: Uint8Array;
  readonly count: number;
  /** Sampling interval of the canonical series. */
  readonly intervalSeconds: number;
  /** Time for which there is a sample. */
  readonly coveredSeconds: number;
  /** First and last sample, seconds since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** The one source of every reading of the day, all of them kept: only such a day can be appended to unseen. */
  readonly soleSource: number | null;
  /** Steps between samples that are, in whole minutes from 1 to 15, as long as the interval. */
  readonly regularSteps: number;
}

/** Projects the sensor readings of a local day; `null` where there are none. */
export function projectDay(
  lived: LivedDay,
  readings: readonly SourcedReading[],
  priorities: SourcePriorities,
): GlucoseDay | null {
  const series = canonicalSeries(readings, priorities);
  const { instants } = series;
  const [span] = lived.spans;
  const firstAt = instants[0];
  const lastAt = instants.at(-1);
  if (!span || firstAt === undefined || lastAt === undefined) return null;
  const intervalSeconds = samplingIntervalSeconds(instants);
  const source = readings[0]?.source ?? null;
  const single = instants.length === readings.length && readings.every((reading) => reading.source === source);
  return {
    ...dayTotals(series),
    day: lived.day,
    startsAt: span.from,
    endsAt: lived.spans.length === 1 ? span.until : null,
    lengthSeconds: lived.lengthSeconds,
    samples: packSamples(series, span.from),
    count: instants.length,
    intervalSeconds,
    coveredSeconds: coverage(instants, intervalSeconds).reduce((sum, seconds) => sum + seconds, 0),
    firstAt,
    lastAt,
    soleSource: single ? source : null,
    regularSteps: countRegularSteps(instants, intervalSeconds),
  };
}

/** While more than half of the steps are regular, one step more cannot move their median. */
function countRegularSteps(instants: Float64Array, intervalSeconds: number): number {
  let regular = 0;
  for (let i = 1; i < instants.length; i++) {
    const minutes = roundHalfEven(((instants[i] ?? 0) - (instants[i - 1] ?? 0)) / 60);
    if (Math.min(15, Math.max(1, minutes)) * 60 === intervalSeconds) regular++;
  }
  return regular;
}
