import { addSeriesWindows, valuesAfter } from '../../../src/domain/forecasting/fitting/series-windows.js';
import { WindowCollector } from '../../../src/domain/forecasting/fitting/window-set.js';
import { STEPS } from '../../../src/domain/forecasting/horizons.js';
import { HISTORY_STEPS } from '../../../src/domain/forecasting/inputs.js';
import { FLAG_CENSORED_HIGH } from '../../../src/domain/glycemia/units.js';
import { newSeries, steady } from './series.js';

describe('the values after a sample', () => {
  it('are the readings within two and a half minutes of each step, never invented', () => {
    const series = newSeries([
      [0, 100],
      [160, 101],
      [310, 102],
      [450, 103],
      [1_051, 104],
      [1_500, 105],
    ]);
    const values = valuesAfter(series, 0);
    expect([...values.subarray(0, 5)]).toEqual([102, 103, NaN, 104, 105]);
    expect(values.slice(5).every(Number.isNaN)).toBe(true);
    expect([...valuesAfter(series, 0, 1_000).subarray(0, 4)]).toEqual([102, 103, NaN, NaN]);
  });

  it('never include the sample itself', () => {
    expect(valuesAfter(newSeries([[0, 100]]), 0).every(Number.isNaN)).toBe(true);
    expect(
      valuesAfter(
        newSeries([
          [0, 100],
          [200, 90],
        ]),
        0,
      )[0],
    ).toBe(90);
  });

  it('leave out what was at the limit of its sensor', () => {
    const series = newSeries(steady(0, 4, 300, 400));
    series.flags[2] = FLAG_CENSORED_HIGH;
    expect([...valuesAfter(series, 0).subarray(0, 4)]).toEqual([400, NaN, 400, NaN]);
  });
});

it('windows are what the product would have known, and what came', () => {
  const readings = steady(0, 100, 300, 0).map(([at], i) => [at, 100 + i] as const);
  const collector = new WindowCollector();
  addSeriesWindows(collector, newSeries(readings), {
    from: 6_000,
    until: 24_000,
    stride: 10,
    minuteOfDayAt: (instant) => (instant === 6_000 ? 100 : null),
  });
  const { count, histories, targets, minutesOfDay } = collector.windows();
  // Readings 20, 30, ... 70; the first 17 would be too few, after 75 fewer than four targets are left.
  expect(count).toBe(6);
  expect([...minutesOfDay.subarray(0, 2)]).toEqual([100, NaN]);
  expect(histories[HISTORY_STEPS - 1]).toBe(120);
  expect(histories[HISTORY_STEPS - 21]).toBe(100);
  expect(histories[HISTORY_STEPS - 22]).toBeNaN();
  expect(targets[0]).toBe(121);
  expect(targets[STEPS - 1]).toBe(144);
  // The last window begins at reading 70; the first value at `until` is that of reading 80.
  expect([...targets.subarray(5 * STEPS + 8, 5 * STEPS + 10)]).toEqual([179, NaN]);
});
