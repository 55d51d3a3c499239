import type { GlucoseSeries } from '../../src/domain/glycemia/series.js';
import { ROSTER } from '../../src/domain/simulator/clinic-roster.js';
import { createSubject } from '../../src/domain/simulator/create-subject.js';
import { type Artefact, emptyOutput, type SimulatedReading } from '../../src/domain/simulator/events.js';
import { settledAt } from '../../src/domain/simulator/fit.js';
import { NAMED, PERSONAS } from '../../src/domain/simulator/personas.js';
import { STEP_SECONDS } from '../../src/domain/simulator/state.js';
import { alwaysIn, type ZoneHistory } from '../../src/domain/time/zone-history.js';

/** What a perfect sensor would have shown, every five minutes. Instants are seconds since the epoch. */
export interface Truth {
  readonly instants: Float64Array;
  readonly mgdl: Float64Array;
}

/** A simulated person with what their sensor reported in time, and what nobody but the simulator knows. */
export interface Wearer {
  readonly zones: ZoneHistory;
  /** Without what a phone handed in after it had been away: alerts had to do without that. */
  readonly series: GlucoseSeries;
  readonly truth: Truth;
  readonly artefacts: readonly Artefact[];
}

/** The person at a place in the demo clinic's roster, as another seed makes them. */
export function wearer(place: number, seed: number, from: number, days: number): Wearer {
  const entry = ROSTER[place % ROSTER.length];
  if (!entry) throw new RangeError('the roster is empty');
  const zones = alwaysIn(entry.zone);
  const persona = { ...PERSONAS, ...NAMED }[entry.persona];
  const simulation = settledAt(createSubject(persona, seed, { zones, unit: entry.unit }), from);
  const live: SimulatedReading[] = [];
  const artefacts: Artefact[] = [];
  const instants: number[] = [];
  const mgdl: number[] = [];
  while (simulation.at < from + days * 86_400) {
    const output = simulation.advance(simulation.at + STEP_SECONDS, emptyOutput());
    live.push(...output.readings.filter(({ instant }) => instant === simulation.at));
    artefacts.push(...output.artefacts);
    instants.push(simulation.at);
    mgdl.push(simulation.interstitialMgdl);
  }
  return {
    zones,
    series: {
      instants: Float64Array.from(live, ({ instant }) => instant),
      tenths: Int16Array.from(live, ({ tenths }) => tenths),
      flags: Uint8Array.from(live, ({ flags }) => flags),
    },
    truth: { instants: Float64Array.from(instants), mgdl: Float64Array.from(mgdl) },
    artefacts,
  };
}

/** At least half of what a sensor should have reported during an event came in: nobody can find the others. */
export const wasSeen = (
  { series: { instants } }: Wearer,
  { from, to }: { readonly from: number; readonly to: number },
) => instants.filter((at) => at >= from && at <= to).length * 300 * 2 >= to - from;
