import * as fc from 'fast-check';
import {
  instantsOfWallClock,
  isoDay,
  isTimeZone,
  localDay,
  offsetSeconds,
  parseIsoDay,
  SECONDS_PER_DAY,
  startOfDay,
  wallClock,
} from '../../../src/domain/time/zone.js';

const ZONES = [
  'UTC',
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'America/Santiago',
];
const at = (iso: string): number => Date.parse(iso) / 1000;
const lengthHours = (zone: string, day: string): number =>
  (startOfDay(zone, parseIsoDay(day) + 1) - startOfDay(zone, parseIsoDay(day))) / 3600;

it.each([
  { zone: 'America/New_York', day: '2024-03-10', hours: 23 },
  { zone: 'America/New_York', day: '2024-11-03', hours: 25 },
  { zone: 'Europe/Berlin', day: '2024-03-31', hours: 23 },
  { zone: 'Europe/Berlin', day: '2024-10-27', hours: 25 },
  { zone: 'Australia/Lord_Howe', day: '2024-04-07', hours: 24.5 },
  { zone: 'Europe/Berlin', day: '2024-06-01', hours: 24 },
  // Clocks go forward at midnight itself: the day begins at 1:00.
  { zone: 'America/Santiago', day: '2024-09-08', hours: 23 },
])('the day $day in $zone lasts $hours hours', ({ zone, day, hours }) => {
  expect(lengthHours(zone, day)).toBe(hours);
});

it.each([
  { wall: '2024-03-31T02:30:00Z', instants: [] },
  { wall: '2024-10-27T02:30:00Z', instants: ['2024-10-27T00:30:00Z', '2024-10-27T01:30:00Z'] },
  { wall: '2024-07-01T12:00:00Z', instants: ['2024-07-01T10:00:00Z'] },
])('Berlin shows $wall at $instants', ({ wall, instants }) => {
  expect(instantsOfWallClock('Europe/Berlin', at(wall))).toEqual(instants.map(at));
});

it('knows offsets that are no whole hours and those before 1900', () => {
  expect(offsetSeconds('Asia/Kathmandu', at('2024-01-01T00:00:00Z'))).toBe(5.75 * 3600);
  expect(offsetSeconds('UTC', at('0001-01-01T00:00:00Z'))).toBe(0);
});

it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('knows the zone %s', (zone) => {
  expect(isTimeZone(zone)).toBe(true);
});
it.each(['', 'Mars/Olympus', 'Europe/Berlinn'])('does not know the zone "%s"', (zone) => {
  expect(isTimeZone(zone)).toBe(false);
});

const instant = fc.integer({ min: at('1975-01-01T00:00:00Z'), max: at('2035-01-01T00:00:00Z') });

it('finds each instant again from the clock it shows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instant, (zone, time) => {
      expect(instantsOfWallClock(zone, wallClock(zone, time))).toContain(time);
    }),
    { numRuns: 300 },
  );
});

it('puts each instant into the day that has begun and not ended', () => {
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), instant, (zone, time) => {
      const day = localDay(zone, time);
      expect(startOfDay(zone, day)).toBeLessThanOrEqual(time);
      expect(startOfDay(zone, day + 1)).toBeGreaterThan(time);
    }),
    { numRuns: 300 },
  );
});

it('writes and reads calendar dates', () => {
  expect(isoDay(parseIsoDay('2024-02-29'))).toBe('2024-02-29');
  expect(parseIsoDay('1970-01-02') * SECONDS_PER_DAY).toBe(SECONDS_PER_DAY);
  for (const wrong of ['2023-02-29', '2024-13-01', '24-01-01', '2024-1-1', 'today'])
    expect(parseIsoDay(wrong)).toBeNaN();
});
