import { bandOf } from '../../domain/glycemia/ranges.js';
import { unpackDays } from '../../domain/glycemia/day-samples.js';
import type { GlucoseTargets } from '../../domain/glycemia/targets.js';
import { mgdlOf } from '../../domain/glycemia/units.js';
import { isoDay, isoWeekday, SECONDS_PER_DAY } from '../../domain/time/zone.js';
import { wallClockAt, type ZoneHistory } from '../../domain/time/zone-history.js';
import type { StoredDay } from '../readings/days.repository.js';
import type { GlucoseDay } from './overview.schema.js';

/** A stored day as it goes out: clock minutes and mg/dL, one decimal each. */
export function toGlucoseDay(stored: StoredDay, zones: ZoneHistory, targets: GlucoseTargets): GlucoseDay {
  const { instants, tenths, flags } = unpackDays([stored]);
  const points: GlucoseDay['points'] = [];
  let inRange = 0;
  for (let i = 0; i < instants.length; i++) {
    const value = tenths[i] ?? 0;
    const flag = flags[i] ?? 0;
    if (bandOf(value, flag, targets) === 'inRange') inRange++;
    const minute = (wallClockAt(zones, instants[i] ?? 0) - stored.day * SECONDS_PER_DAY) / 60;
    points.push([round1(minute), round1(mgdlOf(value, flag)), flag]);
  }
  return {
    day: isoDay(stored.day),
    weekday: isoWeekday(stored.day),
    lengthMinutes: stored.lengthSeconds / 60,
    count: instants.length,
    timeInRange: instants.length === 0 ? null : (100 * inRange) / instants.length,
    points,
  };
}

const round1 = (value: number): number => Math.round(value * 10) / 10;
