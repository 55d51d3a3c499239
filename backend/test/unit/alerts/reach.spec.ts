import { predictedLow } from '../../../src/domain/alerts/rules/predicted-low.js';
import { isOutOfReach } from '../../../src/domain/alerts/rules/reach.js';
import { type PredictedThreshold, thresholdOf } from '../../../src/domain/alerts/settings.js';
import { alertForecaster } from '../../../src/domain/forecasting/alert-forecaster.js';
import { seriesOf } from '../glycemia/series.js';
import { BERLIN, seriesOfReadings, simulatedReadings } from './traces.js';

const forecaster = alertForecaster(BERLIN);
const asked = (mgdl: number, withinMinutes: number, chance: number): PredictedThreshold => ({
  enabled: true,
  threshold: thresholdOf(mgdl, 'mg/dL'),
  withinMinutes,
  chance,
});

describe('a threshold out of reach', () => {
  it.each([
    { trace: [140, 140, 140, 140], out: true },
    { trace: [100, 100, 100, 100], out: false },
    { trace: [200, 180, 160, 140], out: false },
    { trace: [80, 100, 120, 140], out: true },
    { trace: [140, 140], out: false },
  ])('$trace is $out for 55 within 20 minutes', ({ trace, out }) => {
    const window = { series: seriesOf(trace), index: trace.length - 1, forecaster };
    expect(isOutOfReach(window, 55, -1, asked(55, 20, 0.5))).toBe(out);
  });

  it.each(['type1-nocturnal', 'type1-pens', 'low-adherence'] as const)(
    'is one of which a forecast says clear as well: %s',
    (persona) => {
      const trace = seriesOfReadings(simulatedReadings(persona, 11, 4));
      let spared = 0;
      for (let index = 20; index < trace.instants.length; index++) {
        const forecast = forecaster(trace, index);
        if (!forecast) continue;
        const window = { series: trace, index, forecaster: () => forecast };
        for (const [mgdl, within, chance] of [
          [55, 20, 0.15],
          [70, 30, 0.3],
          [100, 60, 0.5],
        ] as const) {
          if (!isOutOfReach(window, mgdl, -1, { withinMinutes: within, chance })) continue;
          spared++;
          expect(forecast.chanceBelow(mgdl, within)).toBeLessThan(chance / 2);
        }
        for (const [mgdl, within, chance] of [
          [250, 30, 0.3],
          [180, 60, 0.6],
        ] as const) {
          if (!isOutOfReach(window, mgdl, 1, { withinMinutes: within, chance })) continue;
          spared++;
          expect(forecast.chanceAbove(mgdl, within)).toBeLessThan(chance / 2);
        }
      }
      expect(spared).toBeGreaterThan(trace.instants.length);
    },
  );

  it('is answered without a forecast', () => {
    const neverAsked = () => {
      throw new Error('asked');
    };
    const window = { series: seriesOf([140, 140, 140, 140]), index: 3, forecaster: neverAsked };
    expect(predictedLow.judge(window, asked(55, 20, 0.5))).toBe('clear');
  });
});
