import type { GlucoseUnit } from '../glycemia/units.js';
import type { ZoneHistory } from '../time/zone-history.js';
import type { Persona } from './personas.js';
import { type Physiology, POPULATION } from './physiology.js';
import { Random } from './random.js';
import { STEP_SECONDS } from './state.js';
import type { Subject } from './subject.js';
import { titrate } from './titration.js';

export interface SubjectOptions {
  readonly zones: ZoneHistory;
  readonly unit?: GlucoseUnit;
  readonly doseFactor?: number;
  readonly driftPerDay?: number;
  readonly driftFrom?: number;
  /** Deviations from the persona: 0 gives its very middle, 1 the full scatter between people, usual is 0.6. */
  readonly scatter?: number;
}

const STREAM = 11;

/** One person of a persona: log-normal deviations of the parameters, truncated at two SD, and therapy titrated to them. */
export function createSubject(persona: Persona, seed: number, options: SubjectOptions): Subject {
  const random = Random.seeded(seed, STREAM);
  const scatter = options.scatter ?? 0.6;
  const around = (cv: number) => random.logNormal(cv) ** scatter;
  const sensitivity = persona.sensitivity * around(0.18);
  const body: Physiology = {
    ...POPULATION,
    bodyWeightKg: persona.bodyWeightKg * around(0.08),
    transportSensitivity: POPULATION.transportSensitivity * sensitivity,
    disposalSensitivity: POPULATION.disposalSensitivity * sensitivity,
    productionSensitivity: POPULATION.productionSensitivity * sensitivity,
    endogenousProduction: POPULATION.endogenousProduction * persona.production * around(0.1),
    mealMinutes: POPULATION.mealMinutes * around(0.15),
    rapidInsulinMinutes: POPULATION.rapidInsulinMinutes * around(0.12),
    k12: POPULATION.k12 * around(0.15),
    interstitialMinutes: 6 + 6 * random.next(),
    basalSecretion: persona.secretion[0],
    secretionGain: persona.secretion[1] * around(0.1),
    depotRate: Math.LN2 / (persona.depotHours * 60),
  };
  return {
    seed,
    persona: persona.code,
    body,
    settings: titrate(body, persona.targetMmol),
    therapy: persona.therapy,
    habits: persona.habits,
    wear: persona.wear,
    dawn: Math.min(0.3, Math.max(0.1, persona.dawn * around(0.2))),
    dayVariation: persona.dayVariation,
    hourVariation: persona.hourVariation,
    driftPerDay: options.driftPerDay ?? 0,
    driftFrom: options.driftFrom ?? 0,
    doseFactor: options.doseFactor ?? 1,
    unit: options.unit ?? 'mg/dL',
    phaseSeconds: Math.floor(random.next() * STEP_SECONDS),
    zones: options.zones,
  };
}
