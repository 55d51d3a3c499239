import * as fc from 'fast-check';
import { offsetSpans, wallClocks } from '../../../src/domain/glycemia/offset-spans.js';
import { parseIsoDay, wallClock } from '../../../src/domain/time/zone.js';
import {
  localDayAt,
  startOfDayAt,
  wallClockAt,
  zoneAt,
  type ZoneHistory,
} from '../../../src/domain/time/zone-history.js';

const at = (iso: string): number => Date.parse(iso) / 1000;
const MOVE = at('2024-06-10T12:00:00Z');
const moved: ZoneHistory = [
  { from: at('2020-01-01T00:00:00Z'), zone: 'Europe/Berlin' },
  { from: MOVE, zone: 'America/New_York' },
];

it('follows the zone in force at that time, the first one also before its start', () => {
  expect(zoneAt(moved, at('1999-01-01T00:00:00Z'))).toBe('Europe/Berlin');
  expect(zoneAt(moved, MOVE - 1)).toBe('Europe/Berlin');
  expect(zoneAt(moved, MOVE)).toBe('America/New_York');
});

it('does not change past days when a person moves', () => {
  expect(localDayAt(moved, at('2024-06-01T22:30:00Z'))).toBe(parseIsoDay('2024-06-02'));
  expect(localDayAt(moved, at('2024-06-20T02:30:00Z'))).toBe(parseIsoDay('2024-06-19'));
});

it('makes the day of the flight thirty hours long', () => {
  const day = parseIsoDay('2024-06-10');
  expect(startOfDayAt(moved, day + 1) - startOfDayAt(moved, day)).toBe(30 * 3600);
});

it('reads the clock of every instant as the zones themselves do', () => {
  const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca');
  const start = fc.integer({ min: at('2015-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });
  fc.assert(
    fc.property(zones, zones, start, (first, second, from) => {
      const change = from + 40 * 86_400;
      const history: ZoneHistory = [
        { from: 0, zone: first },
        { from: change, zone: second },
      ];
      const instants = Float64Array.from({ length: 400 }, (_, i) => from + i * 20_011);
      const walls = wallClocks(offsetSpans(history, from, (instants.at(-1) ?? from) + 1), instants);
      const wanted = instants.map((instant) => wallClock(instant < change ? first : second, instant));
      expect(walls).toEqual(wanted);
      expect(instants.map((instant) => wallClockAt(history, instant))).toEqual(wanted);
    }),
    { numRuns: 10 },
  );
});

it('leaves no hole between the spans of one clock', () => {
  const spans = offsetSpans(moved, at('2024-01-01T00:00:00Z'), at('2025-01-01T00:00:00Z'));
  spans.slice(1).forEach((span, i) => expect(span.from).toBe(spans[i]?.until));
  expect(spans.map((span) => span.offset / 3600)).toEqual([1, 2, -4, -5]);
});
