import { DEFAULT_ALERT_SETTINGS, type AlertSettings } from '../../../src/domain/alerts/settings.js';
import { type Evaluation, type EvaluationInput, evaluate } from '../../../src/domain/alerts/evaluate.js';
import { alertForecaster } from '../../../src/domain/forecasting/alert-forecaster.js';
import { createSubject } from '../../../src/domain/simulator/create-subject.js';
import { emptyOutput, type SimulatedReading } from '../../../src/domain/simulator/events.js';
import { type PersonaCode, PERSONAS } from '../../../src/domain/simulator/personas.js';
import { Simulation } from '../../../src/domain/simulator/simulation.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { alwaysIn } from '../../../src/domain/time/zone-history.js';
import { MONDAY } from '../glycemia/series.js';

export const BERLIN = alwaysIn('Europe/Berlin');

/** Everything but the series, as it stands where nobody chose anything. `now` is the last sample. */
export function evaluateTrace(series: GlucoseSeries, more: Partial<EvaluationInput> = {}): Evaluation {
  return evaluate({
    series,
    quietAt: null,
    settings: [{ from: 0, settings: DEFAULT_ALERT_SETTINGS, schedules: [] }],
    zones: BERLIN,
    outages: [],
    forecaster: alertForecaster(BERLIN),
    now: series.instants.at(-1) ?? 0,
    ...more,
  });
}

/** The default settings with every rule off but some. */
export function only(rules: Partial<AlertSettings>): AlertSettings {
  const codes = Object.keys(DEFAULT_ALERT_SETTINGS) as (keyof AlertSettings)[];
  const off = codes.map((code) => ({ [code]: { ...DEFAULT_ALERT_SETTINGS[code], enabled: false } }));
  return Object.assign({}, ...off, rules);
}

export const always = (settings: AlertSettings) => [{ from: 0, settings, schedules: [] }] as const;

export function simulatedReadings(persona: PersonaCode, seed: number, days: number): SimulatedReading[] {
  const subject = createSubject(PERSONAS[persona], seed, { zones: BERLIN, scatter: 1 });
  return Simulation.start(subject, MONDAY).advance(MONDAY + days * 86_400, emptyOutput()).readings;
}

/** A series of readings in any order, of each instant the first. */
export function seriesOfReadings(readings: readonly SimulatedReading[]): GlucoseSeries {
  const byInstant = new Map<number, SimulatedReading>();
  for (const reading of readings) if (!byInstant.has(reading.instant)) byInstant.set(reading.instant, reading);
  const ordered = [...byInstant.values()].sort((a, b) => a.instant - b.instant);
  return {
    instants: Float64Array.from(ordered, ({ instant }) => instant),
    tenths: Int16Array.from(ordered, ({ tenths }) => tenths),
    flags: Uint8Array.from(ordered, ({ flags }) => flags),
  };
}
