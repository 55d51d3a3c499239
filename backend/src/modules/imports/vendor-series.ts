import { canonicalSeries, type SourcedReading } from '../../domain/glycemia/day-canonical.js';
import { DayCalendar, type LivedDay } from '../../domain/glycemia/day-calendar.js';
import type { GlucoseSeries } from '../../domain/glycemia/series.js';
import { sampleFlags } from '../../domain/glycemia/units.js';
import type { ImportedReading } from '../../domain/import/rows.js';
import type { ZoneHistory } from '../../domain/time/zone-history.js';

/** The canonical series of the sensor readings of a file, made day by day as if they were a person's only readings. */
export function vendorSeries(readings: readonly ImportedReading[], zones: ZoneHistory): GlucoseSeries {
  const calendar = new DayCalendar(zones);
  const days = new Map<LivedDay, SourcedReading[]>();
  const sources = new Map<string, number>();
  for (const { kind, instant, tenths, unit, censored, device } of readings) {
    if (kind !== 'cgm') continue;
    const source = sources.get(device) ?? sources.size + 1;
    sources.set(device, source);
    const day = calendar.dayOf(instant);
    const reading = { at: instant * 1000, source, tenths, flags: sampleFlags(unit, censored) };
    const sameDay = days.get(day);
    if (sameDay) sameDay.push(reading);
    else days.set(day, [reading]);
  }
  const parts = [...days].sort(([a], [b]) => a.day - b.day).map(([, own]) => canonicalSeries(own, new Map()));
  return {
    instants: Float64Array.from(parts.flatMap((part) => [...part.instants])),
    tenths: Int16Array.from(parts.flatMap((part) => [...part.tenths])),
    flags: Uint8Array.from(parts.flatMap((part) => [...part.flags])),
  };
}
