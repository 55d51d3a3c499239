/**
 * Time zones over the platform's own tz database (`Intl`). Instants are whole seconds since the epoch, a wall clock is the
 * same number read as if its zone were UTC, and a day is the number of days from 1970-01-01 to a local calendar date.
 */
export const SECONDS_PER_DAY = 86_400;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  // Names are known in any case of letters: one formatter each, however callers spell them.
  const key = zone.toLowerCase();
  let formatter = formatters.get(key);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(key, formatter);
  }
  return formatter;
}

/** True for an IANA name that this platform knows. */
export function isTimeZone(name: string): boolean {
  try {
    formatterFor(name);
    return true;
  } catch {
    return false;
  }
}

function measureOffset(zone: string, instant: number): number {
  const parts: Record<string, string> = {};
  for (const part of formatterFor(zone).formatToParts(instant * 1000)) parts[part.type] = part.value;
  const year = parts['era'] === 'BC' ? 1 - Number(parts['year']) : Number(parts['year']);
  const wall = new Date(0);
  wall.setUTCFullYear(year, Number(parts['month']) - 1, Number(parts['day']));
  wall.setUTCHours(Number(parts['hour']), Number(parts['minute']), Number(parts['second']));
  return Math.round(wall.getTime() / 1000) - instant;
}

/** The offsets of one UTC day: constant, or changed once at `changesAt`. */
interface DayOffsets {
  readonly before: number;
  readonly after: number;
  readonly changesAt: number;
}

const offsetsByZone = new Map<string, Map<number, DayOffsets>>();

function dayOffsets(zone: string, utcDay: number): DayOffsets {
  let days = offsetsByZone.get(zone);
  if (!days) offsetsByZone.set(zone, (days = new Map()));
  let offsets = days.get(utcDay);
  if (!offsets) days.set(utcDay, (offsets = measureDay(zone, utcDay)));
  return offsets;
}

function measureDay(zone: string, utcDay: number): DayOffsets {
  const start = utcDay * SECONDS_PER_DAY;
  const before = measureOffset(zone, start);
  const after = measureOffset(zone, start + SECONDS_PER_DAY);
  if (before === after) return { before, after, changesAt: start };
  let unchanged = start;
  let changed = start + SECONDS_PER_DAY;
  while (changed - unchanged > 1) {
    const middle = Math.floor((unchanged + changed) / 2);
    if (measureOffset(zone, middle) === before) unchanged = middle;
    else changed = middle;
  }
  return { before, after, changesAt: changed };
}

/** Seconds to add to an instant to read the wall clock of `zone`; east of Greenwich is positive. */
export function offsetSeconds(zone: string, instant: number): number {
  const offsets = dayOffsets(zone, Math.floor(instant / SECONDS_PER_DAY));
  return instant < offsets.changesAt ? offsets.before : offsets.after;
}

/** The wall clock of `zone` at an instant. */
export const wallClock = (zone: string, instant: number): number => instant + offsetSeconds(zone, instant);

/** The local calendar day of an instant, as a day number. */
export const localDay = (zone: string, instant: number): number =>
  Math.floor(wallClock(zone, instant) / SECONDS_PER_DAY);

/**
 * Every instant at which the clock of `zone` shows `wall`, ascending: none where clocks were put forward, two where
 * they were put back, one otherwise.
 */
export function instantsOfWallClock(zone: string, wall: number): number[] {
  const before = offsetSeconds(zone, wall - SECONDS_PER_DAY);
  const after = offsetSeconds(zone, wall + SECONDS_PER_DAY);
  const candidates = before === after ? [wall - before] : [wall - before, wall - after];
  return candidates.filter((instant) => wallClock(zone, instant) === wall).sort((a, b) => a - b);
}

/** The first instant of a local day: midnight, or the moment after it where the clock skips midnight. */
export function startOfDay(zone: string, day: number): number {
  const midnight = day * SECONDS_PER_DAY;
  const [first] = instantsOfWallClock(zone, midnight);
  if (first !== undefined) return first;
  // Midnight does not exist: the day begins at the change itself.
  let before = midnight - SECONDS_PER_DAY - offsetSeconds(zone, midnight - SECONDS_PER_DAY);
  let after = before + 2 * SECONDS_PER_DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localDay(zone, middle) < day) before = middle;
    else after = middle;
  }
  return after;
}

/** 1 for Monday to 7; day 0, 1970-01-01, was a Thursday. */
export const isoWeekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** Seconds since midnight on a clock that shows so many since 1970-01-01 00:00. */
export const secondOfDay = (wallClock: number): number =>
  wallClock - Math.floor(wallClock / SECONDS_PER_DAY) * SECONDS_PER_DAY;

/** `2024-03-31` for a day number. */
export const isoDay = (day: number): string => new Date(day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10);

/** The day number of `2024-03-31`; NaN where the text is no calendar date. */
export function parseIsoDay(text: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return Number.NaN;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text
    ? Number.NaN
    : time / 1000 / SECONDS_PER_DAY;
}
