import { corrected } from '../../../src/domain/forecasting/correction.js';
import { fitCorrection } from '../../../src/domain/forecasting/fitting/fit-correction.js';
import { carbsAbsorbed, insulinActed, intakeInputs, notedAt } from '../../../src/domain/forecasting/on-board.js';
import { issuedFrom, personalForecast, SHIPPED } from '../../../src/domain/forecasting/issued.js';
import { forecastsAt, momentsOf } from '../../../src/domain/forecasting/personal.js';
import { populationModel } from '../../../src/domain/forecasting/population.js';
import { medianAfter } from '../../../src/domain/forecasting/quantile-forecast.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { newSeries } from './series.js';

const UTC = alwaysIn('UTC');
const HOUR = 3600;
const DAYS = 12;
/** A meal of 30 g each six hours that adds 4 mg/dL per gram absorbed within three hours, then leaves as fast. */
const MEALS = Array.from({ length: DAYS * 4 }, (_, i) => ({ instant: 2 * HOUR + i * 6 * HOUR, carbsGrams: 30 }));
const SERIES = newSeries(
  Array.from({ length: DAYS * 288 }, (_, i) => {
    const at = i * 300;
    const risen = MEALS.reduce((sum, meal) => {
      const minutes = (at - meal.instant) / 60;
      return sum + 120 * (carbsAbsorbed(minutes) - carbsAbsorbed(minutes - 150));
    }, 0);
    return [at, Math.round(110 + risen + ((i * 7) % 3))] as const;
  }),
);
const INTAKE = { doses: [], meals: MEALS, activities: [] };
const moments = momentsOf(SERIES, UTC, 0, 10 * 24 * HOUR);
const forecasts = forecastsAt(moments, populationModel('network'));

describe('insulin and carbohydrate on board', () => {
  it.each([0, 30, 75, 180, 360, 500])('never acts back and is all there is in the end, after %d minutes', (minutes) => {
    for (const acted of [insulinActed, carbsAbsorbed]) {
      expect(acted(minutes + 5)).toBeGreaterThanOrEqual(acted(minutes));
      expect(acted(0)).toBe(0);
    }
    expect(insulinActed(360)).toBe(1);
    // Half of a dose has acted after some two hours.
    expect(insulinActed(130)).toBeGreaterThan(0.45);
    expect(insulinActed(130)).toBeLessThan(0.6);
    expect(carbsAbsorbed(600)).toBeGreaterThan(0.999);
  });

  it('sees what was noted by then and within six hours, and nothing later', () => {
    const noted = {
      doses: [10, 20, 30].map((hour) => ({ instant: hour * HOUR, units: 1 })),
      meals: [14, 20.01].map((hour) => ({ instant: hour * HOUR, carbsGrams: 10 })),
      activities: [{ from: 19.5 * HOUR, until: 20.5 * HOUR }],
    };
    expect(notedAt(noted, 20 * HOUR)).toEqual({
      doses: [{ instant: 20 * HOUR, units: 1 }],
      meals: [{ instant: 14 * HOUR, carbsGrams: 10 }],
      activities: noted.activities,
    });
    const place = { instant: 20 * HOUR, lastMgdl: 120, slope: 0 };
    const [toCome, , , , fresh, , active] = intakeInputs(notedAt(noted, 20 * HOUR), place, 60);
    expect(toCome).toBeCloseTo(insulinActed(60), 12);
    expect(fresh).toBe(1);
    expect(active).toBe(0.5);
  });
});

describe("a person's own correction", () => {
  const correction = fitCorrection([{ moments, forecasts, intake: INTAKE }])!;

  it('is not made of less than four days', () => {
    const few = momentsOf(SERIES, UTC, 0, 4 * 24 * HOUR);
    const said = forecastsAt(few, populationModel('network'));
    expect(fitCorrection([{ moments: few, forecasts: said, intake: INTAKE }])).toBeNull();
    expect(correction.weights).toHaveLength(36);
    expect(fitCorrection([{ moments, forecasts, intake: INTAKE }])).toEqual(correction);
  });

  it('foresees a meal that was just noted, on days it has not seen, where the network cannot', () => {
    let [plain, own, meals] = [0, 0, 0];
    for (const meal of MEALS.filter(({ instant }) => instant > 10 * 24 * HOUR + 12 * HOUR)) {
      const known = { series: SERIES, zones: UTC, issued: [], intake: INTAKE };
      const made = personalForecast(known, meal.instant, { ...SHIPPED, correction });
      if (typeof made === 'string') throw new Error(made);
      const came = 110 + 120 * carbsAbsorbed(60);
      plain += Math.abs(medianAfter(made.plain.network, 60) - came);
      own += Math.abs(medianAfter(made.plain.personal!, 60) - came);
      meals++;
    }
    expect(meals).toBeGreaterThan(4);
    // Most stays with the network on purpose.
    expect(own).toBeLessThan(0.85 * plain);
  });

  it('moves all quantiles alike, along a line from the reading on', () => {
    const [history, forecast] = [moments.histories[100]!, forecasts[100]!];
    const moved = corrected(forecast, history, INTAKE, { weights: new Float64Array(36).fill(0).fill(6, 0, 1) });
    // 6 mg/dL after 30 minutes, nothing after 60.
    for (const [minutes, by] of [
      [5, 1],
      [30, 6],
      [45, 3],
      [60, 0],
      [120, 0],
    ] as const) {
      for (const level of [0, 4, 8]) {
        const at = (minutes / 5 - 1) * 9 + level;
        expect(moved.mgdl[at]! - forecast.mgdl[at]!).toBeCloseTo(by, 9);
      }
    }
  });

  it('is kept beside the others to be compared, and serves only where it was chosen', () => {
    const at = MEALS.at(-1)!.instant + 60;
    const known = { series: SERIES, zones: UTC, issued: [], intake: INTAKE };
    const by = (model: 'network' | 'personal') => {
      const made = personalForecast(known, at, { ...SHIPPED, model, correction });
      if (typeof made === 'string') throw new Error(made);
      return issuedFrom(made, model, '1');
    };
    const [network, personal] = [by('network'), by('personal')];
    expect(network.medians).toEqual(personal.medians);
    expect(network.quantiles[9 + 4]! / 10).toBe(network.medians.network);
    expect(personal.quantiles[9 + 4]! / 10).toBe(personal.medians.personal);
    expect(personal.medians.personal).not.toBe(personal.medians.network);
  });
});
