import * as fc from 'fast-check';
import { glucoseProfile, profileSummary, profileThresholds } from '../../../src/domain/glycemia/profile.js';
import { TARGETS } from '../../../src/domain/glycemia/targets.js';
import { timelineOf } from '../../../src/domain/glycemia/timeline.js';
import { inUtc, MONDAY, repeat, seriesOf, wave } from './series.js';

it('has 96 slots from midnight, each over the readings of 15 minutes on either side', () => {
  const slots = glucoseProfile(inUtc(seriesOf(wave(14))));
  expect(slots.map((slot) => slot.minuteOfDay)).toEqual(Array.from({ length: 96 }, (_, i) => 15 * i));
  expect(slots.every(({ n, days }) => n === 14 * 6 && days >= 14)).toBe(true);
});

it('is flat for a constant', () => {
  const [slot] = glucoseProfile(inUtc(seriesOf(repeat(123, 288))));
  expect(slot).toMatchObject({ p5: 123, p25: 123, p50: 123, p75: 123, p95: 123 });
});

it('interpolates quantiles and smooths by 1-4-1 twice, by hand', () => {
  // One reading at 12:00 of 100 and one at 12:15 of 160 in an otherwise flat day of 100.
  const values = repeat(100, 288).map((mgdl, i) => (i >= 144 && i < 147 ? 160 : mgdl));
  const p50 = glucoseProfile(inUtc(seriesOf(values))).map((slot) => slot.p50 ?? 0);
  // 11:45 pools 100s, 12:00 and 12:15 pool three 160s and three 100s: median 130. Then 1-4-1 twice.
  const raw = [100, 100, 100, 130, 130, 100, 100, 100];
  const smooth = (curve: readonly number[]) =>
    curve.map((mgdl, i) => ((curve[i - 1] ?? 100) + 4 * mgdl + (curve[i + 1] ?? 100)) / 6);
  smooth(smooth(raw)).forEach((mgdl, i) => expect(p50[45 + i]).toBeCloseTo(mgdl, 10));
});

it('is cyclic: what happens before midnight reaches the first slot', () => {
  const beforeMidnight = repeat(100, 288).map((mgdl, i) => (i >= 285 ? 200 : mgdl));
  const [first] = glucoseProfile(inUtc(seriesOf(beforeMidnight)));
  expect(first?.n).toBe(6);
  expect(first?.p95).toBeGreaterThan(150);
});

it('leaves slots without readings empty and does not let them pull their neighbours', () => {
  const slots = glucoseProfile(inUtc(seriesOf(repeat(150, 72))));
  expect(slots[40]).toMatchObject({ n: 0, days: 0, p5: null, p50: null, p95: null });
  expect(slots.filter((slot) => slot.p50 !== null).every((slot) => slot.p50 === 150)).toBe(true);
});

it('keeps the clock of the person across a change to daylight saving time', () => {
  // 7:00 to 10:00 in Berlin is high on every day, before and after the clocks change on 2024-03-31.
  const start = Date.parse('2024-03-28T23:00:00Z') / 1000;
  const history = [{ from: 0, zone: 'Europe/Berlin' }] as const;
  const empty = timelineOf(seriesOf(wave(6), { start }), history);
  const mornings = [...empty.wallClock].map((wall) => ([7, 8, 9].includes(Math.floor(wall / 3600) % 24) ? 250 : 100));
  const slots = glucoseProfile(timelineOf(seriesOf(mornings, { start }), history));
  expect(slots[34]).toMatchObject({ minuteOfDay: 510, p5: 250, p95: 250 });
  expect(slots[44]).toMatchObject({ minuteOfDay: 660, p5: 100, p95: 100 });
  expect(slots[24]).toMatchObject({ minuteOfDay: 360, p5: 100, p95: 100 });
});

it('orders its percentiles and keeps them within the readings', () => {
  const values = fc.array(fc.option(fc.integer({ min: 40, max: 400 }), { freq: 4 }), { minLength: 1, maxLength: 600 });
  fc.assert(
    fc.property(values, (readings) => {
      for (const { n, p5, p25, p50, p75, p95 } of glucoseProfile(inUtc(seriesOf(readings)))) {
        if (n === 0) continue;
        const ascending = [40, p5, p25, p50, p75, p95, 400].map((mgdl) => Math.round((mgdl ?? Number.NaN) * 1e6));
        expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 30 },
  );
});

it('names the highest and the lowest time of day', () => {
  const values = repeat(100, 288).map((mgdl, i) => (i >= 96 && i < 120 ? 180 : i >= 200 && i < 230 ? 60 : mgdl));
  const { highest, lowest } = profileSummary(glucoseProfile(inUtc(seriesOf(values, { start: MONDAY }))));
  expect(highest).toEqual({ minuteOfDay: 525, mgdl: 180 });
  expect(lowest).toMatchObject({ mgdl: 60 });
  expect(profileSummary(glucoseProfile(inUtc(seriesOf([]))))).toEqual({ highest: null, lowest: null });
});

it('is drawn against the lines of the preset', () => {
  expect(profileThresholds(TARGETS.adult)).toEqual([54, 70, 180, 250]);
  expect(profileThresholds(TARGETS['pregnancy-t1'])).toEqual([54, 63, 140]);
});
