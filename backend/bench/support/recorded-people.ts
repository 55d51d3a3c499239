import type { PersonHistory } from '../../src/domain/causality/person-history.js';
import { createSubject } from '../../src/domain/simulator/create-subject.js';
import { type Artefact, emptyOutput } from '../../src/domain/simulator/events.js';
import { settledAt } from '../../src/domain/simulator/fit.js';
import type { Persona } from '../../src/domain/simulator/personas.js';
import { STEP_SECONDS } from '../../src/domain/simulator/state.js';
import { alwaysIn } from '../../src/domain/time/zone-history.js';
import type { Truth } from './simulated-wearers.js';

/** A simulated person with everything that is in their record, and what nobody but the simulator knows. */
export interface RecordedPerson {
  readonly history: PersonHistory;
  readonly truth: Truth;
  readonly artefacts: readonly Artefact[];
}

/** So many days of a persona, as a seed makes them. */
export function recordedPerson(
  persona: Persona,
  seed: number,
  { zone, from, days, driftPerDay = 0 }: { zone: string; from: number; days: number; driftPerDay?: number },
): RecordedPerson {
  const zones = alwaysIn(zone);
  const simulation = settledAt(createSubject(persona, seed, { zones, driftPerDay, driftFrom: from }), from);
  const output = emptyOutput();
  const instants: number[] = [];
  const mgdl: number[] = [];
  while (simulation.at < from + days * 86_400) {
    simulation.advance(simulation.at + STEP_SECONDS, output);
    instants.push(simulation.at);
    mgdl.push(simulation.interstitialMgdl);
  }
  const readings = output.readings.sort((a, b) => a.instant - b.instant);
  return {
    history: {
      zones,
      glucose: {
        instants: Float64Array.from(readings, ({ instant }) => instant),
        tenths: Int16Array.from(readings, ({ tenths }) => tenths),
        flags: Uint8Array.from(readings, ({ flags }) => flags),
      },
      doses: output.doses.map(({ instant, type, units }) => ({ instant, type, units })),
      meals: output.meals.map(({ instant, carbsGrams, type }) => ({ instant, carbsGrams, type })),
      activities: output.activities.map((one) => ({ from: one.from, until: one.until })),
      sleep: output.sleep.map((one) => ({ from: one.from, until: one.until })),
    },
    truth: { instants: Float64Array.from(instants), mgdl: Float64Array.from(mgdl) },
    artefacts: output.artefacts,
  };
}
