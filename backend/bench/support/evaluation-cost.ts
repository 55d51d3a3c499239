import { performance } from 'node:perf_hooks';
import { evaluate } from '../../src/domain/alerts/evaluate.js';
import { extrapolate, type Forecaster } from '../../src/domain/alerts/forecast.js';
import { DEFAULT_ALERT_SETTINGS } from '../../src/domain/alerts/settings.js';
import { windowOf } from '../../src/domain/alerts/window.js';
import { alertForecaster } from '../../src/domain/forecasting/alert-forecaster.js';
import { firstAtOrAfter, type GlucoseSeries } from '../../src/domain/glycemia/series.js';
import type { Wearer } from './simulated-wearers.js';

const RUN_UP_DAYS = 3;
const DAYS = 3;
const SETTINGS = [{ from: Number.NEGATIVE_INFINITY, settings: DEFAULT_ALERT_SETTINGS, schedules: [] }] as const;

/** Who is asked, and whether only where the answer can depend on it. */
const WAYS = [
  { forecast: 'line', everySample: false, forecasterFor: () => extrapolate },
  {
    forecast: 'network, asked of every sample',
    everySample: true,
    forecasterFor: (one: Wearer) => alertForecaster(one.zones),
  },
  { forecast: 'network', everySample: false, forecasterFor: (one: Wearer) => alertForecaster(one.zones) },
] as const;

/** What an evaluation costs as each reading comes in, with the settings nobody has chosen: forecasts asked for, and microseconds. */
export const evaluationCosts = (wearers: readonly Wearer[]): object[] =>
  WAYS.map(({ forecast, everySample, forecasterFor }) => {
    let asked = 0;
    let evaluations = 0;
    let judged = 0;
    let milliseconds = 0;
    for (const one of wearers) {
      const plain = forecasterFor(one);
      const forecaster: Forecaster = (series, index) => {
        asked++;
        return plain(series, index);
      };
      const { series, zones } = one;
      const begins = (series.instants[0] ?? 0) + RUN_UP_DAYS * 86_400;
      const first = firstAtOrAfter(series.instants, begins);
      const last = firstAtOrAfter(series.instants, begins + DAYS * 86_400);
      let quietAt: number | null = null;
      for (let newest = first; newest < last; newest++) {
        const now = series.instants[newest]!;
        const window = windowOf(quietAt, now, now);
        const loaded = between(series, firstAtOrAfter(series.instants, window.loadFrom), newest + 1);
        const askedBefore = asked;
        const started = performance.now();
        const found = evaluate({
          series: loaded,
          quietAt: window.quietAt,
          settings: SETTINGS,
          zones,
          outages: [],
          forecaster,
          now,
        });
        const from = window.quietAt === null ? 0 : firstAtOrAfter(loaded.instants, window.quietAt) + 1;
        if (everySample) for (let i = from; i < loaded.instants.length; i++) forecaster(loaded, i);
        // The first look at somebody reads two days.
        if (newest > first) {
          milliseconds += performance.now() - started;
          evaluations++;
          judged += loaded.instants.length - from;
        } else asked = askedBefore;
        quietAt = found.quietAt;
      }
    }
    return {
      rule: 'cost of an evaluation',
      forecast,
      evaluations,
      samplesJudged: judged / evaluations,
      forecastsAsked: asked / evaluations,
      microseconds: (milliseconds * 1000) / evaluations,
    };
  });

const between = ({ instants, tenths, flags }: GlucoseSeries, from: number, to: number): GlucoseSeries => ({
  instants: instants.subarray(from, to),
  tenths: tenths.subarray(from, to),
  flags: flags.subarray(from, to),
});
