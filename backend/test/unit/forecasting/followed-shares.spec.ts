import { wantedShares } from '../../../src/domain/forecasting/adaptive-conformal.js';
import {
  followedSince,
  followShares,
  type IssuedIntervals,
  replayed,
} from '../../../src/domain/forecasting/followed-shares.js';
import { type IssuedForecast, issuedFrom, personalForecast, SHIPPED } from '../../../src/domain/forecasting/issued.js';
import { NOTHING_NOTED } from '../../../src/domain/forecasting/on-board.js';
import { forecastsAt, momentsOf } from '../../../src/domain/forecasting/personal.js';
import { populationModel } from '../../../src/domain/forecasting/population.js';
import { sliceSeries } from '../../../src/domain/glycemia/timeline.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { newSeries } from './series.js';

const UTC = alwaysIn('UTC');
const DAY = 86_400;
/** Five days, every five minutes; from the third on it swings twice as fast and half as far again. */
const SERIES = newSeries(
  Array.from({ length: 5 * 288 }, (_, i) => {
    const hours = i / 12;
    const value = hours < 48 ? 130 + 40 * Math.sin(hours / 1.5) : 140 + 60 * Math.sin(hours / 0.5);
    return [i * 300, Math.round(value + ((i * 7) % 5))] as const;
  }),
);
const KNOWN = { series: SERIES, zones: UTC, intake: NOTHING_NOTED };
/** Nearly certain that glucose stays where it is. */
const sure = (basedOn: number, mgdl: number): IssuedIntervals => ({
  basedOn,
  quantiles: Array.from({ length: 27 }, (_, i) => 10 * (mgdl + (i % 9) - 4)),
});
const ISSUED = Array.from({ length: 48 }, (_, i) => sure(3 * DAY + i * 1_800, 140));

describe('shares of misses that follow what came', () => {
  it('lead to the same from the forecasts since the night alone', () => {
    const night = { until: 3 * DAY + 9 * 3_600 + 700, shares: wantedShares() };
    const now = 3 * DAY + 15 * 3_600;
    const since = followedSince(night, now);
    expect(since % 1_800).toBe(0);
    const late = ISSUED.filter(({ basedOn }) => basedOn >= since);
    expect(late.length).toBeLessThan(ISSUED.length);
    expect(followShares(night, late, SERIES, now)).toEqual(followShares(night, ISSUED, SERIES, now));
    expect(followShares(night, late.slice(2), SERIES, now)).not.toEqual(followShares(night, ISSUED, SERIES, now));
  });

  it('count a forecast once its value can no longer change by what comes in time, and not before', () => {
    const [first] = ISSUED;
    const after = (seconds: number) => followShares(null, [first!], SERIES, first!.basedOn + seconds);
    expect(after(1_800 + 149)).toEqual(wantedShares());
    expect(after(1_800 + 150)[1]).not.toBe(0.2);
    expect(after(1_800 + 150)[3]).toBe(wantedShares()[3]);
    expect(after(3_600 + 150)[3]).not.toBe(0.2);
    expect(after(7_200 + 149)[5]).toBe(wantedShares()[5]);
  });

  it('go on from the night without counting anything twice', () => {
    const noon = 3 * DAY + 12 * 3600;
    const all = followShares(null, ISSUED, SERIES, 4 * DAY);
    const until = followShares(null, ISSUED, SERIES, noon);
    expect(all).not.toEqual(until);
    expect([...followShares({ until: noon, shares: until }, ISSUED, SERIES, 4 * DAY)]).toEqual([...all]);
  });

  it('are the same after what came late as though it had been there, and unmoved by what came later still', () => {
    const whole = followShares(null, ISSUED, SERIES, 4 * DAY);
    expect(followShares(null, ISSUED, sliceSeries(SERIES, 0, 4 * DAY), 4 * DAY)).toEqual(whole);
    const early = followShares(null, ISSUED, sliceSeries(SERIES, 0, 3 * DAY + 6 * 3600), 4 * DAY);
    expect(early).not.toEqual(whole);
  });

  it('have the next forecast wider after a day of misses, of the same reading and model', () => {
    const at = 4 * DAY + 60;
    const said = (issued: readonly IssuedIntervals[]) => {
      const made = personalForecast({ ...KNOWN, issued }, at, SHIPPED);
      if (typeof made === 'string') throw new Error(made);
      return made.forecast.mgdl.subarray(11 * 9, 12 * 9);
    };
    const [before, after] = [said([]), said(ISSUED)];
    expect(after[6]! - after[2]!).toBeGreaterThan(1.05 * (before[6]! - before[2]!));
    expect(after[4]).toBe(before[4]);
  });

  it('replayed use nothing that came after each forecast', () => {
    const replay = (days: number) => {
      const moments = momentsOf(sliceSeries(SERIES, 0, days * DAY), UTC, 0, days * DAY);
      return replayed(moments, forecastsAt(moments, populationModel('network')), days * DAY);
    };
    const [short, long] = [replay(4), replay(5)];
    expect(short.forecasts.length).toBeGreaterThan(150);
    for (const [i, { mgdl }] of short.forecasts.entries()) expect(mgdl).toEqual(long.forecasts[i]!.mgdl);
    expect(long.shares).not.toEqual(short.shares);
    expect(replay(4)).toEqual(short);
  });

  it('come out as replayed where each forecast was issued as it came', () => {
    const moments = momentsOf(SERIES, UTC, 0, 2 * DAY);
    const replay = replayed(moments, forecastsAt(moments, populationModel('network')), 2 * DAY);
    const issued: IssuedForecast[] = [];
    for (const { basedOn } of moments.histories.filter((history) => history.basedOn < 30 * 3600)) {
      const made = personalForecast(
        { ...KNOWN, series: sliceSeries(SERIES, 0, basedOn + 1), issued },
        basedOn + 20,
        SHIPPED,
      );
      if (typeof made === 'string') throw new Error(made);
      issued.push(issuedFrom(made, 'network', '1'));
    }
    expect(issued.length).toBeGreaterThan(40);
    const last = issued.length - 1;
    const kept = issued[last]!.quantiles.subarray(9, 18);
    // Kept in tenths of mg/dL, so a value on the very edge may count otherwise.
    for (const [level, tenths] of kept.entries()) {
      expect(Math.abs(replay.forecasts[last]!.mgdl[11 * 9 + level]! - tenths / 10)).toBeLessThan(1);
    }
  });
});
