import type { PersonHistory } from '../../../../src/domain/causality/person-history.js';
import { instantsOfWallClock, parseIsoDay, SECONDS_PER_DAY, wallClock } from '../../../../src/domain/time/zone.js';
import { alwaysIn } from '../../../../src/domain/time/zone-history.js';

/** Berlin puts its clocks forward on 2024-03-31, in the middle of these days. */
export const BERLIN = { zone: 'Europe/Berlin', firstDay: parseIsoDay('2024-03-04') };
export const AUCKLAND = { zone: 'Pacific/Auckland', firstDay: parseIsoDay('2024-06-03') };

export interface Place {
  readonly zone: string;
  readonly firstDay: number;
}

/** Glucose of a place in the record (0 is the first day) at an hour of the person's clock; null where nothing is measured. */
export type Trace = (day: number, hour: number) => number | null;

/** A number between -1 and 1 that looks like chance and is the same each time. */
export const chance = (...parts: number[]): number => {
  const x = Math.sin(parts.reduce((sum, part, i) => sum + part * (12.9898 + 65.433 * i), 4.1)) * 43_758.5453;
  return 2 * (x - Math.floor(x)) - 1;
};

/** Level glucose with some unrest, no two days alike. */
export const level: Trace = (day, hour) => 130 + 6 * Math.sin(1.3 * hour + 9 * chance(day, 1)) + 5 * chance(day);

/** A bell of so many mg/dL around an hour, as a meal makes it. */
export const bell = (hour: number, peak: number, mgdl: number, width = 0.7): number =>
  mgdl * Math.exp(-(((hour - peak) / width) ** 2));

/** A reading each five minutes by the clock of a place, and what was noted. */
export function recordOf(place: Place, days: number, trace: Trace, noted: Partial<PersonHistory> = {}): PersonHistory {
  const from = at(place, 0, 0);
  const until = at(place, days, 0);
  const instants: number[] = [];
  const tenths: number[] = [];
  for (let instant = from; instant < until; instant += 300) {
    const wall = wallClock(place.zone, instant);
    const day = Math.floor(wall / SECONDS_PER_DAY);
    const value = trace(day - place.firstDay, (wall - day * SECONDS_PER_DAY) / 3600);
    if (value === null) continue;
    instants.push(instant);
    tenths.push(10 * Math.round(value));
  }
  return {
    zones: alwaysIn(place.zone),
    glucose: {
      instants: Float64Array.from(instants),
      tenths: Int16Array.from(tenths),
      flags: new Uint8Array(instants.length),
    },
    doses: [],
    meals: [],
    activities: [],
    sleep: [],
    ...noted,
  };
}

/** The instant at which a place's clock shows an hour of a day; where clocks skip it, an hour later. */
export function at({ zone, firstDay }: Place, day: number, hour: number): number {
  const wall = (firstDay + day) * SECONDS_PER_DAY + Math.round(hour * 3600);
  return instantsOfWallClock(zone, wall)[0] ?? instantsOfWallClock(zone, wall + 3600)[0] ?? Number.NaN;
}

export const everyDay = <T>(days: number, one: (day: number) => T | null): T[] =>
  Array.from({ length: days }, (_, day) => one(day)).flatMap((made) => made ?? []);
