import { FLAG_CENSORED_HIGH, FLAG_CENSORED_LOW, FLAG_MMOL } from '../../../src/domain/glycemia/units.js';
import { emptyOutput } from '../../../src/domain/simulator/events.js';
import { settledAt } from '../../../src/domain/simulator/fit.js';
import { PERSONAS } from '../../../src/domain/simulator/personas.js';
import { displayed } from '../../../src/domain/simulator/sensor.js';
import { DAY, END, mean, mgdlOfAll, quantile, run, subjectOf } from './support.js';

jest.setTimeout(60_000);

const HISTORIES = Object.values(PERSONAS).flatMap((persona) =>
  [5, 6].map((seed) => ({ code: persona.code, output: run(subjectOf(persona, seed), 28) })),
);

describe('a simulated trace', () => {
  it('is as smooth as a sensor’s: autocorrelation at five minutes above 0.97', () => {
    for (const { output } of HISTORIES) {
      const values = mgdlOfAll(output.readings);
      const middle = mean(values);
      const pairs = output.readings.flatMap((reading, i) =>
        (output.readings[i + 1]?.instant ?? 0) - reading.instant === 300 ? [i] : [],
      );
      const off = (i: number) => (values[i] ?? middle) - middle;
      const correlation = mean(pairs.map((i) => off(i) * off(i + 1))) / mean(pairs.map((i) => off(i) ** 2));
      expect(correlation).toBeGreaterThan(0.97);
    }
  });

  it('hardly ever moves 25 mg/dL within five minutes, artefacts aside', () => {
    const changes = HISTORIES.flatMap(({ output }) => {
      const faulty = (instant: number) =>
        output.artefacts.some(({ from, until }) => instant >= from && instant <= until + 300);
      const values = mgdlOfAll(output.readings);
      return output.readings.flatMap(({ instant }, i) => {
        const next = output.readings[i + 1];
        if (!next || next.instant - instant !== 300 || faulty(instant) || faulty(next.instant)) return [];
        return [Math.abs((values[i + 1] ?? 0) - (values[i] ?? 0))];
      });
    });
    expect(quantile(changes, 0.999)).toBeLessThan(25);
    expect(quantile(changes, 0.5)).toBeGreaterThan(0.5);
  });

  it('lies within 5 mg/dL of the noiseless trace on average', () => {
    const differences = [1, 2, 3, 4, 5, 6].flatMap((seed) => {
      const simulation = settledAt(subjectOf(PERSONAS['type1-pens'], seed), END - 14 * DAY);
      const found: number[] = [];
      while (simulation.at < END) {
        const output = simulation.advance(simulation.at + 300, emptyOutput());
        const [shown] = mgdlOfAll(output.readings);
        if (shown !== undefined && output.readings.length === 1) found.push(shown - simulation.interstitialMgdl);
      }
      return found;
    });
    expect(Math.abs(mean(differences))).toBeLessThan(5);
  });

  it('keeps strictly ascending instants five minutes apart on one grid, within the device’s limits', () => {
    for (const { output } of HISTORIES) {
      const instants = output.readings.map(({ instant }) => instant);
      expect(instants.every((instant, i) => i === 0 || instant > (instants[i - 1] ?? 0))).toBe(true);
      expect(new Set(instants.map((instant) => instant % 300)).size).toBe(1);
      expect(output.readings.every(({ tenths }) => tenths >= 400 && tenths <= 4000)).toBe(true);
    }
  });

  it('writes down where it lies: compression lows, lost signal, warm-ups and pauses', () => {
    const kinds = new Set(HISTORIES.flatMap(({ output }) => output.artefacts.map(({ kind }) => kind)));
    expect([...kinds].sort()).toEqual(['backfill', 'compression-low', 'sensor-pause', 'signal-loss', 'warm-up']);
  });

  it('shows nothing during lost signal and warm-up', () => {
    for (const { output } of HISTORIES) {
      for (const { kind, from, until } of output.artefacts) {
        if (kind !== 'signal-loss' && kind !== 'warm-up') continue;
        expect(output.readings.filter(({ instant }) => instant >= from && instant < until)).toEqual([]);
      }
    }
  });
});

describe('a displayed value', () => {
  it.each([
    { mgdl: 39.4, unit: 'mg/dL', tenths: 400, flags: FLAG_CENSORED_LOW },
    { mgdl: 40.2, unit: 'mg/dL', tenths: 400, flags: 0 },
    { mgdl: 401, unit: 'mg/dL', tenths: 4000, flags: FLAG_CENSORED_HIGH },
    { mgdl: 20, unit: 'mmol/L', tenths: 22, flags: FLAG_CENSORED_LOW | FLAG_MMOL },
    { mgdl: 99.1, unit: 'mmol/L', tenths: 55, flags: FLAG_MMOL },
    { mgdl: 450, unit: 'mmol/L', tenths: 222, flags: FLAG_CENSORED_HIGH | FLAG_MMOL },
  ] as const)('of $mgdl in $unit is $tenths tenths', ({ mgdl, unit, tenths, flags }) => {
    expect(displayed(mgdl, unit)).toEqual({ tenths, flags });
  });
});
