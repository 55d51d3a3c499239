import { forecastCheck } from '../../../src/domain/analyses/forecasts.js';
import { type IssuedForecast, issuedFrom, personalForecast, SHIPPED } from '../../../src/domain/forecasting/issued.js';
import { issuedHorizons, issuedLowAlarms, meet, scoredModels } from '../../../src/domain/forecasting/issued-scores.js';
import { MODEL_NAMES, type ModelName } from '../../../src/domain/forecasting/model.js';
import { NOTHING_NOTED } from '../../../src/domain/forecasting/on-board.js';
import { POPULATION } from '../../../src/domain/forecasting/population.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { newSeries } from './series.js';

const UTC = alwaysIn('UTC');
const END = Number.POSITIVE_INFINITY;

/** A forecast from a reading that says one number at every level, with a chance of a low. */
const saying = (basedOn: number, mgdl: number, chance = 0): IssuedForecast => ({
  basedOn,
  model: 'network',
  version: POPULATION.version,
  quantiles: new Int16Array(27).fill(mgdl * 10),
  lowWithin30: chance,
  lowWithin60: chance,
  medians: { 'last-value': mgdl + 10, ridge: mgdl + 5, network: mgdl },
});
const everyFive = (mgdl: readonly number[]): GlucoseSeries =>
  newSeries(mgdl.map((value, i) => [i * 300, value] as const));

describe('issued forecasts', () => {
  it('keep what was said at 30, 60 and 120 minutes, and what each model would have said', () => {
    const series = everyFive(Array.from({ length: 200 }, (_, i) => Math.round(140 + 40 * Math.sin(i / 20))));
    const known = { series, zones: UTC, issued: [], intake: NOTHING_NOTED };
    const made = personalForecast(known, 199 * 300 + 60, { ...SHIPPED, model: 'ridge' });
    if (typeof made === 'string') throw new Error(made);
    const issued = issuedFrom(made, 'ridge', '1');
    expect(issued).toMatchObject({ basedOn: 199 * 300, model: 'ridge', version: '1' });
    expect([...issued.quantiles.subarray(9, 18)]).toEqual([...issued.quantiles.subarray(9, 18)].sort((a, b) => a - b));
    expect(issued.quantiles[9 + 4]).toBe(Math.round(issued.medians.ridge * 10));
    expect(Object.keys(issued.medians)).toEqual([...MODEL_NAMES]);
    expect(new Set(Object.values(issued.medians)).size).toBe(3);
  });

  it('are judged by what was read so long after them', () => {
    const series = everyFive([...Array<number>(12).fill(100), 130, ...Array<number>(20).fill(110)]);
    const met = meet([saying(0, 120), saying(150, 120), saying(32 * 300, 120)], series, END);
    // The second starts from no reading that is still there; after the last one nothing came.
    expect(met.map(({ issued }) => issued.basedOn)).toEqual([0, 32 * 300]);
    const [half, hour, two] = issuedHorizons(met);
    expect([half!.maeMgdl, hour!.maeMgdl, two!.maeMgdl]).toEqual([20, 10, 10]);
    expect([half!.forecasts, hour!.within95, hour!.parkesAB]).toEqual([1, 0, 1]);
    expect(scoredModels(met)).toEqual([{ at: 0, errorsMgdl: { 'last-value': 0, ridge: 5, network: 10 } }]);
  });

  it('count lows within the time, and what sounded for nothing', () => {
    const low = [...Array<number>(24).fill(100), ...Array<number>(6).fill(60), ...Array<number>(30).fill(100)];
    const series = everyFive(low);
    const forecasts = low.map((_, i) => saying(i * 300, 100, i === 14 || i === 45 ? 0.4 : 0));
    const scores = issuedLowAlarms(meet(forecasts, series, END), series);
    const at = (within: number, chance: number) =>
      scores.find((one) => one.withinMinutes === within && one.chance === chance)!;
    // The alarm comes 50 minutes before the low.
    expect(at(60, 0.3)).toMatchObject({ lows: 1, sensitivity: 1, medianLeadMinutes: 50 });
    expect(at(30, 0.3)).toMatchObject({ lows: 1, sensitivity: 0 });
    expect(at(60, 0.3).falseADay).toBeCloseTo(288 / 60, 9);
    expect(at(60, 0.5)).toMatchObject({ sensitivity: 0, falseADay: 0 });
  });
});

describe('the check of a night', () => {
  const days = 16;
  const mgdl = Array.from({ length: days * 288 }, (_, i) => Math.round(140 + 40 * Math.sin(i / 14) + ((i * 7) % 5)));
  const glucose = everyFive(mgdl);
  const window = { from: 0, to: days * 86_400 };
  const history = { zones: UTC, glucose, doses: [], meals: [], activities: [], sleep: [] };
  const checked = (issued: readonly IssuedForecast[], serving: ModelName = 'network') => {
    const check = forecastCheck({ ...history, forecasts: { serving, lastSwitch: null, issued } }, window, {});
    if (check.status !== 'done') throw new Error(check.missing.join());
    return check;
  };
  /** Forecasts of the last two days, whose network is far off and whose last value is always right. */
  const misled = (count: number): IssuedForecast[] =>
    Array.from({ length: count }, (_, i) => {
      const index = (days - 3) * 288 + i;
      const actual = mgdl[index + 12]!;
      return {
        ...saying(index * 300, actual + 80),
        medians: { 'last-value': actual, ridge: actual + 40, network: actual + 80 },
      };
    });

  it('replays where too little was issued', () => {
    const { choice, issued } = checked(misled(400));
    expect(choice).toMatchObject({ basis: 'replayed', lastSwitch: null });
    expect(issued!.horizons[1]!.maeMgdl).toBeCloseTo(80, 9);
  });

  it('chooses by what was issued where there is enough, and keeps when it switched', () => {
    const { choice } = checked(misled(600));
    const lastSwitch = { from: 'network', to: 'last-value', at: window.to };
    expect(choice).toMatchObject({ basis: 'as-issued', model: 'last-value', scored: 600, lastSwitch });
    expect(choice.maeMgdl).toEqual({ 'last-value': 0, ridge: 40, network: 80 });
  });

  it('does not judge models by what others before them said', () => {
    expect(checked(misled(600).map((one) => ({ ...one, version: 'before' }))).issued).toBeNull();
  });
});
