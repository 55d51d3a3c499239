import { localDayAt, zoneAt } from '../time/zone-history.js';
import type { Planned } from './daily-plan.js';
import type { SimulatedReading } from './events.js';
import { DEPOT_1, DEPOT_2, RAPID_1, RAPID_2, restingState } from './physiology.js';
import { insertSensor, type SensorState } from './sensor.js';
import type { Subject } from './subject.js';
import { Random } from './random.js';

export const STEP_SECONDS = 300;

/** Raised whenever a saved state of before could not run on as it would have. */
export const STATE_VERSION = 1;

/** Streams of chance, one per purpose (`daily-plan.ts` has number 1). */
export const STREAM = { step: 2, insertion: 3, night: 4 } as const;

/** Everything that changes while a subject lives. Plain data: what JSON gives back runs on exactly as before. */
export interface SimulationState {
  readonly version: typeof STATE_VERSION;
  /** Instant of the last sample, seconds since the epoch. */
  at: number;
  body: number[];
  /** The zone of the last step: another one means a journey. */
  zone: string;
  plannedDay: number;
  planned: Planned[];
  asleep: { from: number; quality: number } | null;
  eating: { fastGrams: number; slowGrams: number };
  sport: { from: number; until: number; intensity: number; type: string } | null;
  /** Factors on sensitivity: of the day, of the last night's sleep; the wandering logarithm within the day. */
  dayFactor: number;
  sleepFactor: number;
  wander: number;
  illUntilDay: number;
  alcoholUntil: number;
  /** Insulin a pump gave since its last hourly entry, U. */
  pumped: number;
  pumpHour: number;
  lastBolusAt: number;
  lastRescueAt: number;
  /** The last four shown values, mg/dL, newest first; null where the sensor was silent. */
  shown: (number | null)[];
  sensor: SensorState | null;
  nextSensorAt: number;
  compression: { from: number; until: number; factor: number } | null;
  outage: { from: number; until: number; recovers: boolean } | null;
  withheld: SimulatedReading[];
}

/** A subject at rest at the start, asleep or awake as the first day says, with a sensor some days old. */
export function initialState(subject: Subject, from: number): SimulationState {
  const { body, settings, therapy } = subject;
  const at = Math.floor((from - subject.phaseSeconds) / STEP_SECONDS) * STEP_SECONDS + subject.phaseSeconds;
  const vector = restingState(body, settings.targetMmol + 1, settings.plasmaInsulin);
  const basal = (settings.basalUnitsPerHour * therapy.basalFactor * 1000) / 60;
  if (therapy.kind === 'loop') {
    vector[RAPID_1] = vector[RAPID_2] = basal * body.rapidInsulinMinutes;
  } else {
    vector[DEPOT_1] = basal / (2 * body.depotRate);
    vector[DEPOT_2] = basal / body.depotRate;
  }
  const random = Random.seeded(subject.seed, STREAM.insertion, 0);
  const age = Math.floor(random.uniform(0.5, subject.wear.model.lifeDays - 0.5) * 86_400);
  return {
    version: STATE_VERSION,
    at,
    body: [...vector],
    zone: zoneAt(subject.zones, at),
    plannedDay: localDayAt(subject.zones, at) - 1,
    planned: [],
    asleep: null,
    eating: { fastGrams: 0, slowGrams: 0 },
    sport: null,
    dayFactor: 1,
    sleepFactor: 1,
    wander: 0,
    illUntilDay: Number.MIN_SAFE_INTEGER,
    alcoholUntil: 0,
    pumped: 0,
    pumpHour: Math.floor(at / 3600),
    lastBolusAt: 0,
    lastRescueAt: 0,
    shown: [null, null, null, null],
    sensor: insertSensor(subject.wear.model, at - age, random, true),
    nextSensorAt: at,
    compression: null,
    outage: null,
    withheld: [],
  };
}
