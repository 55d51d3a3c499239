import * as fc from 'fast-check';
import type { AlertEpisode } from '../../../src/domain/alerts/episode.js';
import { windowOf } from '../../../src/domain/alerts/window.js';
import { alertForecaster } from '../../../src/domain/forecasting/alert-forecaster.js';
import { populationModel } from '../../../src/domain/forecasting/population.js';
import type { SimulatedReading } from '../../../src/domain/simulator/events.js';
import type { PersonaCode } from '../../../src/domain/simulator/personas.js';
import { sliceSeries } from '../../../src/domain/glycemia/timeline.js';
import { BERLIN, evaluateTrace, seriesOfReadings, simulatedReadings } from './traces.js';

const DAYS = 3;
/** Reads the same past as the network does, in a fraction of the time. */
const forecaster = alertForecaster(BERLIN, populationModel('ridge'));

/** What a store of episodes holds after some readings came in, batch by batch, and were evaluated each time. */
function afterArrivals(batches: readonly (readonly SimulatedReading[])[], clockAt: (batch: number) => number) {
  let known: SimulatedReading[] = [];
  let quietAt: number | null = null;
  let stored: AlertEpisode[] = [];
  for (const [index, batch] of batches.entries()) {
    if (batch.length === 0) continue;
    known = [...known, ...batch];
    const changedFrom = Math.min(...batch.map(({ instant }) => instant));
    const now = clockAt(index);
    const window = windowOf(quietAt, changedFrom, now);
    const series = sliceSeries(seriesOfReadings(known), window.loadFrom, Number.POSITIVE_INFINITY);
    const evaluation = evaluateTrace(series, { quietAt: window.quietAt, now, forecaster });
    stored = [
      ...stored.filter(({ openedAt }) => openedAt <= window.replacesAfter),
      ...evaluation.episodes.filter(({ openedAt }) => openedAt > window.replacesAfter),
    ];
    quietAt = evaluation.quietAt;
  }
  return stored;
}

const personas: PersonaCode[] = ['type1-nocturnal', 'low-adherence'];
const traces = personas.map((persona, seed) => simulatedReadings(persona, 40 + seed, DAYS));
const aTrace = fc.constantFrom(...traces);
const endOf = (readings: readonly SimulatedReading[]): number => Math.max(...readings.map(({ instant }) => instant));
const atOnce = (readings: readonly SimulatedReading[]) =>
  evaluateTrace(seriesOfReadings(readings), { now: endOf(readings), forecaster }).episodes;

it('has something to find in the traces', () => {
  for (const trace of traces) expect(atOnce(trace).length).toBeGreaterThan(5);
});

it('gives the same episodes when readings come one by one as when they come at once', () => {
  for (const trace of traces) {
    const oneByOne = afterArrivals(
      trace.map((reading) => [reading]),
      (index) => trace[index]?.instant ?? 0,
    );
    expect(oneByOne).toEqual(atOnce(trace));
  }
});

it('gives the same episodes in any order of arrival, with resends and late batches', () => {
  fc.assert(
    fc.property(aTrace, fc.infiniteStream(fc.nat()), (trace, stream) => {
      const pick = (below: number): number => (stream.next().value ?? 0) % below;
      const batches: SimulatedReading[][] = Array.from({ length: 12 }, () => []);
      for (const reading of trace) {
        batches[pick(batches.length)]?.push(reading);
        if (pick(20) === 0) batches[pick(batches.length)]?.push(reading);
      }
      expect(afterArrivals(batches, () => endOf(trace))).toEqual(atOnce(trace));
    }),
    { numRuns: 40 },
  );
});

it('gives the same episodes after outages of the upload: some hours are missing and come in the end', () => {
  fc.assert(
    fc.property(aTrace, fc.nat(60), fc.integer({ min: 1, max: 10 }), (trace, startHour, hours) => {
      const first = trace[0]?.instant ?? 0;
      const isLate = ({ instant }: SimulatedReading): boolean =>
        instant >= first + startHour * 3600 && instant < first + (startHour + hours) * 3600;
      const onTime = trace.filter((reading) => !isLate(reading)).map((reading) => [reading]);
      const batches = [...onTime, trace.filter(isLate)];
      const clockAt = (index: number): number => batches[index]?.at(-1)?.instant ?? 0;
      expect(
        afterArrivals(batches, (index) => Math.max(clockAt(index), index === batches.length - 1 ? endOf(trace) : 0)),
      ).toEqual(atOnce(trace));
    }),
    { numRuns: 15 },
  );
});
