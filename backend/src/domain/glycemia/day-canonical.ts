import type { GlucoseSeries } from './series.js';
import { samplingIntervalSeconds } from './timeline.js';

/** A sensor reading as it was received. */
export interface SourcedReading {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly source: number;
  readonly tenths: number;
  /** `FLAG_*` bits of `units.ts`. */
  readonly flags: number;
}

/** How a source ranks among a person's sources: the lower number is preferred; equal numbers go by source id. */
export type SourcePriorities = ReadonlyMap<number, number>;

/** A second device may be read a little early and still be the next sample of the same sensor. */
const SLACK_SECONDS = 10;

const secondOf = (reading: SourcedReading): number => Math.floor(reading.at / 1000);

/**
 * The canonical series of one local day: at each instant the reading of the preferred source; then, in the order of
 * time, a reading that is kept shuts out what follows within the sampling interval of its source less ten seconds
 * (decision D10). The interval of a source is the median step of its readings of the day.
 *
 * It depends on nothing but the readings of the day, so it does not matter in which order they arrived, and any day can
 * be made anew from its own readings. Two near-duplicates on either side of midnight are therefore both kept.
 */
export function canonicalSeries(readings: readonly SourcedReading[], priorities: SourcePriorities): GlucoseSeries {
  const ordered = [...readings].sort(
    (a, b) => a.at - b.at || (priorities.get(a.source) ?? 0) - (priorities.get(b.source) ?? 0) || a.source - b.source,
  );
  const blackouts = blackoutSeconds(ordered);
  const kept: SourcedReading[] = [];
  let openFrom = Number.NEGATIVE_INFINITY;
  for (const reading of ordered) {
    const second = secondOf(reading);
    if (second < openFrom) continue;
    kept.push(reading);
    openFrom = second + (blackouts.get(reading.source) ?? 0);
  }
  return {
    instants: Float64Array.from(kept, secondOf),
    tenths: Int16Array.from(kept, (reading) => reading.tenths),
    flags: Uint8Array.from(kept, (reading) => reading.flags),
  };
}

function blackoutSeconds(ordered: readonly SourcedReading[]): Map<number, number> {
  const instants = new Map<number, number[]>();
  for (const reading of ordered) {
    const own = instants.get(reading.source);
    if (own) own.push(secondOf(reading));
    else instants.set(reading.source, [secondOf(reading)]);
  }
  return new Map(
    Array.from(instants, ([source, own]) => [source, samplingIntervalSeconds(Float64Array.from(own)) - SLACK_SECONDS]),
  );
}
