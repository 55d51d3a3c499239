import { nightsDisturbed, type Replay, replay } from '../../../src/domain/alerts/replay.js';
import { DEFAULT_ALERT_SETTINGS, thresholdOf } from '../../../src/domain/alerts/settings.js';
import { overridden } from '../../../src/domain/alerts/settings-history.js';
import { alertForecaster } from '../../../src/domain/forecasting/alert-forecaster.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { MONDAY } from '../glycemia/series.js';
import { always, BERLIN, evaluateTrace, seriesOfReadings, simulatedReadings } from './traces.js';

function replayed(...[input]: Parameters<typeof replay>): Replay & { readonly steps: number } {
  const days = replay(input);
  for (let steps = 0; ; steps++) {
    const step = days.next();
    if (step.done) return { ...step.value, steps };
  }
}

const everything = overridden(DEFAULT_ALERT_SETTINGS, {
  'rapid-rise': { enabled: true },
  'predicted-high': { enabled: true },
  high: { threshold: thresholdOf(180, 'mg/dL') },
});

it.each(['type1-nocturnal', 'type1-pens', 'low-adherence'] as const)(
  'finds piece by piece what one look at everything finds: %s',
  (persona) => {
    const series = seriesOfReadings(simulatedReadings(persona, 7, 10));
    const settings = always(everything);
    const now = series.instants.at(-1) ?? 0;
    const input = { series, settings, zones: BERLIN, outages: [], forecaster: alertForecaster(BERLIN), now };
    const whole = evaluateTrace(series, { settings });
    const { episodes, soundings, steps } = replayed(input);
    expect(whole.episodes.length).toBeGreaterThan(20);
    expect(episodes).toEqual(whole.episodes);
    expect(soundings).toEqual(whole.soundings);
    expect(steps).toBeGreaterThanOrEqual(36);
  },
);

it('counts a night once, by the clock of the person', () => {
  const at = (hour: number) => ({ rule: 'low', openedAt: 0, severity: 'warning', at: MONDAY + hour * 3600 }) as const;
  const soundings = [at(22), at(23), at(24 + 3), at(24 + 6), at(24 + 7), at(48 + 1)];
  expect(nightsDisturbed(soundings, alwaysIn('UTC'))).toBe(2);
  expect(nightsDisturbed([at(22)], BERLIN)).toBe(1);
});
