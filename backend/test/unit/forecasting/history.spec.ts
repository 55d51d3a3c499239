import fc from 'fast-check';
import { historyAt, historyOfSample } from '../../../src/domain/forecasting/history.js';
import { HISTORY_STEPS } from '../../../src/domain/forecasting/inputs.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { FLAG_CENSORED_LOW, FLAG_MMOL } from '../../../src/domain/glycemia/units.js';
import { newSeries, steady } from './series.js';

const ORIGIN = 1_700_000_000;
const known = (series: GlucoseSeries, instant: number) => {
  const history = historyAt(series, instant);
  if (typeof history === 'string') throw new Error(history);
  return history;
};

describe('what is known at an instant', () => {
  it('counts back from the newest reading, on lines between readings', () => {
    const readings = [
      ...steady(ORIGIN - 7_200, 20, 300, 100),
      [ORIGIN - 900, 110],
      [ORIGIN - 450, 125],
      [ORIGIN, 140],
    ] as const;
    const { basedOn, mgdl } = known(newSeries(readings), ORIGIN + 60);
    expect(basedOn).toBe(ORIGIN);
    expect([...mgdl.subarray(-4)]).toEqual([110, 120, 130, 140]);
  });

  it('leaves longer gaps open and begins where readings begin', () => {
    const readings = [...steady(ORIGIN - 9_000, 16, 300, 100), ...steady(ORIGIN - 3_000, 11, 300, 120)];
    const { mgdl } = known(newSeries(readings), ORIGIN);
    expect(mgdl.slice(-11).every((value) => value === 120)).toBe(true);
    // 1,500 s without a reading: four steps between.
    expect([...mgdl.subarray(-16, -11)]).toEqual([100, NaN, NaN, NaN, NaN]);
    expect(mgdl.slice(-31, -15).every((value) => value === 100)).toBe(true);
    expect(mgdl.slice(0, HISTORY_STEPS - 31).every(Number.isNaN)).toBe(true);
  });

  it('converts what was reported in mmol/L', () => {
    const { mgdl } = known(newSeries(steady(ORIGIN - 9_000, 31, 300, 5.5), FLAG_MMOL), ORIGIN);
    expect(mgdl.at(-1)).toBeCloseTo(99.0857, 3);
  });

  it('is the same whatever is read later', () => {
    const past = steady(ORIGIN - 12_000, 41, 300, 100).map(([at], i) => [at, 100 + 10 * Math.sin(i)] as const);
    const before = known(newSeries(past), ORIGIN + 120);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 40, max: 400 }), { maxLength: 30 }), (values) => {
        const later = values.map((value, i) => [ORIGIN + 121 + 100 * i, value] as const);
        expect(known(newSeries([...past, ...later]), ORIGIN + 120)).toEqual(before);
      }),
    );
  });
});

describe('no forecast', () => {
  const whole = steady(ORIGIN - 9_000, 31, 300, 100);

  it.each([
    { age: 900, silence: false },
    { age: 901, silence: 'stale' },
  ])('where the newest reading is $age s old: $silence', ({ age, silence }) => {
    const history = historyAt(newSeries(whole), ORIGIN + age);
    expect(typeof history === 'string' && history).toBe(silence);
  });

  it('without any reading, or before the first', () => {
    expect(historyAt(newSeries([]), ORIGIN)).toBe('stale');
    expect(historyAt(newSeries(whole), ORIGIN - 10_000)).toBe('stale');
    expect(historyOfSample(newSeries([]), 0)).toBe('stale');
  });

  it.each([
    { mgdl: 39.9, silence: 'out-of-range' },
    { mgdl: 40, silence: false },
    { mgdl: 400, silence: false },
    { mgdl: 400.1, silence: 'out-of-range' },
  ])('from $mgdl mg/dL: $silence', ({ mgdl, silence }) => {
    const history = historyAt(newSeries([...whole.slice(0, -1), [ORIGIN, mgdl]]), ORIGIN);
    expect(typeof history === 'string' && history).toBe(silence);
  });

  it('at the limit of a sensor', () => {
    const series = newSeries(whole);
    series.flags[series.flags.length - 1] = FLAG_CENSORED_LOW;
    expect(historyAt(series, ORIGIN)).toBe('out-of-range');
  });

  it.each([
    { count: 17, silence: 'too-few-readings' },
    { count: 18, silence: false },
  ])('after $count readings of a new sensor: $silence', ({ count, silence }) => {
    const history = historyAt(newSeries(steady(ORIGIN - (count - 1) * 300, count, 300, 100)), ORIGIN);
    expect(typeof history === 'string' && history).toBe(silence);
  });

  it('across a hole in the last 25 minutes', () => {
    const holed = whole.filter(([at]) => at <= ORIGIN - 1_500 || at === ORIGIN);
    expect(historyAt(newSeries(holed), ORIGIN)).toBe('too-few-readings');
  });

  it('but for sensors that report every quarter of an hour', () => {
    expect(typeof historyAt(newSeries(steady(ORIGIN - 9_000, 11, 900, 100)), ORIGIN)).toBe('object');
  });
});
