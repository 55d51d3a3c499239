import { recurrentNightLows } from '../../../src/domain/alerts/night-lows.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { localDay, parseIsoDay, startOfDay } from '../../../src/domain/time/zone.js';
import { alwaysIn, wallClockAt } from '../../../src/domain/time/zone-history.js';

const LAST = '2026-06-14';

/** Down to 60 mg/dL within the hour, half an hour there, and back. */
const slowly = (minute: number): number => (minute < 0 || minute >= 90 ? 120 : Math.max(60, 120 - minute));
/** As when somebody lies down on the sensor. */
const atOnce = (minute: number): number => (minute >= 60 && minute < 90 ? 60 : 120);

interface Nights {
  readonly zone: string;
  readonly lastDay?: string;
  /** How many mornings before the last one. */
  readonly lows: readonly number[];
  readonly fallsAtHour?: number;
  readonly falls?: (minute: number) => number;
  readonly unworn?: readonly number[];
}

/** Sixteen days of a reading every five minutes, low after 1 o'clock on some mornings. */
function seriesOf({ zone, lastDay = LAST, lows, fallsAtHour = 1, falls = slowly, unworn = [] }: Nights): GlucoseSeries {
  const last = parseIsoDay(lastDay);
  const rows: [number, number][] = [];
  for (let at = startOfDay(zone, last - 15); at < startOfDay(zone, last + 1); at += 300) {
    const before = last - localDay(zone, at);
    if (unworn.includes(before)) continue;
    const minuteOfDay = Math.floor(wallClockAt(alwaysIn(zone), at) / 60) % 1_440;
    rows.push([at, lows.includes(before) ? falls(minuteOfDay - fallsAtHour * 60) : 120]);
  }
  return {
    instants: Float64Array.from(rows, ([at]) => at),
    tenths: Int16Array.from(rows, ([, value]) => value * 10),
    flags: new Uint8Array(rows.length),
  };
}

const look = (nights: Nights, readIn = nights.zone) =>
  recurrentNightLows(seriesOf(nights), alwaysIn(readIn), parseIsoDay(nights.lastDay ?? LAST));

describe.each(['Europe/Berlin', 'America/Los_Angeles'])('in %s', (zone) => {
  it.each([
    { lows: [0, 6, 13], phase: 'raised' },
    { lows: [0, 1, 2, 3], phase: 'raised' },
    { lows: [6, 13], phase: 'held' },
    { lows: [6], phase: 'clear' },
    { lows: [], phase: 'clear' },
    // The fifteenth night back is no longer looked at.
    { lows: [0, 6, 14], phase: 'held' },
  ])('lows on the mornings $lows ago are $phase', ({ lows, phase }) => {
    const found = look({ zone, lows });
    expect(found).toMatchObject({ phase, coveredNights: 14 });
    expect(found.nights.map(({ day }) => parseIsoDay(LAST) - day)).toEqual(
      lows.filter((before) => before < 14).sort((a, b) => b - a),
    );
  });

  it('tells when each began on the clock of the person, how long it lasted and how low it went', () => {
    const { nights, lastLowEndsAt } = look({ zone, lows: [0, 1, 2] });
    const last = startOfDay(zone, parseIsoDay(LAST));
    expect(nights.at(-1)).toEqual({
      day: parseIsoDay(LAST),
      from: last + (1 * 60 + 55) * 60,
      minutes: 35,
      tenths: 600,
      flags: 0,
    });
    expect(lastLowEndsAt).toBe(last + 6 * 3600);
  });
});

it('knows a night by the clock of the person: the same lows in the evening are none', () => {
  const nights = { zone: 'Europe/Berlin', lows: [0, 1, 2] };
  expect(look(nights).phase).toBe('raised');
  expect(look(nights, 'America/New_York')).toMatchObject({ phase: 'clear', nights: [] });
  expect(look({ ...nights, fallsAtHour: 6 }).nights).toEqual([]);
});

it('says nothing of nights that were not measured, neither that lows recur nor that they have stopped', () => {
  const zone = 'Europe/Berlin';
  expect(look({ zone, lows: [0, 5, 13], unworn: [1, 2, 3, 4] })).toMatchObject({ phase: 'raised', coveredNights: 10 });
  expect(look({ zone, lows: [0, 6, 13], unworn: [1, 2, 3, 4, 5] })).toMatchObject({
    phase: 'unknown',
    coveredNights: 9,
  });
});

it('leaves out what looks like pressure on the sensor, and what lasts less than a quarter of an hour', () => {
  const zone = 'Europe/Berlin';
  expect(look({ zone, lows: [0, 1, 2], falls: atOnce }).nights).toEqual([]);
  const briefly = (minute: number) => (minute >= 60 ? 120 : Math.max(65, slowly(minute)));
  expect(look({ zone, lows: [0, 1, 2], falls: briefly }).nights).toEqual([]);
});

it.each(['2026-03-29', '2026-10-25'])('takes the night in which clocks change for one, on %s', (lastDay) => {
  const found = look({ zone: 'Europe/Berlin', lastDay, lows: [0, 1, 2], fallsAtHour: 4 });
  expect(found).toMatchObject({ phase: 'raised', coveredNights: 14 });
  expect(found.nights.map(({ minutes }) => minutes)).toEqual([35, 35, 35]);
});
