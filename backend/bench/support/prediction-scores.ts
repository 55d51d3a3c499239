import { evaluate } from '../../src/domain/alerts/evaluate.js';
import { extrapolate, type Forecaster } from '../../src/domain/alerts/forecast.js';
import { DEFAULT_ALERT_SETTINGS, RULE_CODES } from '../../src/domain/alerts/settings.js';
import { overridden, type SettingsOverride } from '../../src/domain/alerts/settings-history.js';
import { alertForecaster } from '../../src/domain/forecasting/alert-forecaster.js';
import { belongsTo, eventsOf, isFalse, isPlain, type RuleTruth, type Span, TRUTHS } from './alert-truth.js';
import { quantile } from './measure.js';
import { wasSeen, type Wearer } from './simulated-wearers.js';

const CHANCES = [0.05, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7];

const FORECASTERS: Readonly<Record<string, (wearer: Wearer) => Forecaster>> = {
  line: () => extrapolate,
  network: ({ zones }) => alertForecaster(zones),
};

interface Found {
  readonly one: Wearer;
  readonly alerts: readonly Span[];
}

/**
 * The predictive rules by who foretells and by the chance from which on they speak, everything else as nobody has chosen.
 * `minutesBefore` is the middle of how long before an event its alert came.
 */
export function predictionScores(wearers: readonly Wearer[], until: number): object[] {
  return Object.entries(FORECASTERS).flatMap(([name, forecasterFor]) => {
    const forecasters = wearers.map((one) => remembering(forecasterFor(one)));
    return (['predicted-low', 'predicted-high'] as const).flatMap((rule) =>
      CHANCES.map((chance) => {
        const found = wearers.map((one, i) => ({ one, alerts: alertsOf(one, forecasters[i]!, rule, chance, until) }));
        return { rule, forecast: name, chance, ...scoreOf(found, TRUTHS[rule]!, until) };
      }),
    );
  });
}

/** The same sample is asked about for each chance. */
function remembering(forecaster: Forecaster): Forecaster {
  const known = new Map<number, ReturnType<Forecaster>>();
  return (series, index) => {
    const at = series.instants[index] ?? 0;
    const before = known.get(at);
    if (before !== undefined) return before;
    const forecast = forecaster(series, index);
    known.set(at, forecast);
    return forecast;
  };
}

function alertsOf(
  { series, zones }: Wearer,
  forecaster: Forecaster,
  rule: 'predicted-low' | 'predicted-high',
  chance: number,
  now: number,
): Span[] {
  const off = Object.fromEntries(RULE_CODES.map((code) => [code, { enabled: false }])) as SettingsOverride;
  const settings = overridden(DEFAULT_ALERT_SETTINGS, { ...off, [rule]: { enabled: true, chance } });
  const history = [{ from: Number.NEGATIVE_INFINITY, settings, schedules: [] }] as const;
  const { episodes } = evaluate({ series, quietAt: null, settings: history, zones, outages: [], forecaster, now });
  return episodes.map(({ openedAt, lastAt }) => ({ from: openedAt, to: lastAt }));
}

function scoreOf(found: readonly Found[], truth: RuleTruth, until: number): object {
  const days = found.reduce((sum, { one }) => sum + (until - (one.truth.instants[0] ?? until)) / 86_400, 0);
  const ahead: number[] = [];
  let events = 0;
  let plain = 0;
  let plainFound = 0;
  for (const { one, alerts } of found) {
    for (const event of eventsOf(one.truth, truth).filter((span) => wasSeen(one, span))) {
      events++;
      const first = alerts.find((alert) => belongsTo(event, alert, truth));
      if (first) ahead.push((event.from - first.from) / 60);
      if (!isPlain(one.truth, event, truth)) continue;
      plain++;
      plainFound += Number(first !== undefined);
    }
  }
  const wrong = found.flatMap(({ one, alerts }) => alerts.filter((alert) => isFalse(one.truth, alert, truth)));
  return {
    events,
    sensitivity: ahead.length / events,
    sensitivityPlain: plainFound / plain,
    minutesBefore: quantile(ahead, 0.5),
    alertsADay: found.reduce((sum, { alerts }) => sum + alerts.length, 0) / days,
    falseADay: wrong.length / days,
  };
}
