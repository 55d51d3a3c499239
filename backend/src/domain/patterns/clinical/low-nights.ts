import { startOfDayAt } from '../../time/zone-history.js';
import { chanceBy, type LogisticModel } from '../risk/low-risk.js';
import { type ClinicalDay, slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import file from './low-nights.json';
import { sensorDaysAt } from './sensor-days.js';

/** Midnight to six, and the hour whose mean is looked at beside the lowest quarter of an hour. */
const NIGHT_SLOTS = slotsOfHours(6);
const HOUR_SLOTS = slotsOfHours(1);
/** Farther from 70 than this, nothing depends on how far. */
const [LEAST, MOST] = [40, 110];
/** Where it is not known how long the sensor has been worn: the middle of its life. */
const USUAL_DAYS = 5;
const LONGEST_DAYS = 15;

export interface LowNightsFile extends LogisticModel {
  readonly version: string;
  readonly trainedOn: string;
  /** From this chance on a night is said to have been low: about as many are missed as are wrongly named. */
  readonly namedFrom: number;
}
const MODEL: LowNightsFile = file;
export const LOW_NIGHTS_VERSION = MODEL.version;

export interface NightChance {
  readonly day: number;
  /** 0..1: that glucose itself was below 70 mg/dL for a quarter of an hour, whatever the sensor showed. */
  readonly chance: number;
  readonly isNamed: boolean;
}

/**
 * The nights of measured days, each with the chance that glucose itself was low. A sensor in the middle of its life reads up
 * to 8 mg/dL too high at low values and its first day too low (Vettoretti 2019, 10.3390/s19235320), so nights that it shows
 * just above 70 often were low; the chance was fitted to simulated people, of whom the truth is known.
 */
export function lowNights(record: Pick<ClinicalRecord, 'history' | 'days' | 'timeline'>, model = MODEL): NightChance[] {
  return nightInputs(record).flatMap(({ day, inputs }) => {
    if (!inputs) return [];
    const chance = chanceBy(model, inputs);
    return [{ day, chance, isNamed: chance >= model.namedFrom }];
  });
}

/** What the model sees of each night of a measured day; null where too little of it was measured. */
export function nightInputs({ history, days, timeline }: Pick<ClinicalRecord, 'history' | 'days' | 'timeline'>) {
  const measured = days.filter(({ isMeasured }) => isMeasured);
  const starts = measured.map(({ day }) => startOfDayAt(history.zones, day));
  const worn = sensorDaysAt(timeline.series.instants, starts);
  return measured.map((day, i) => ({ day: day.day, inputs: inputsOf(day, worn[i] ?? null) }));
}

function inputsOf(day: ClinicalDay, sensorDays: number | null): number[] | null {
  const lowest = [1, HOUR_SLOTS].map((slots) => lowestMean(day, slots));
  if (!lowest.every((value) => Number.isFinite(value))) return null;
  const worn = Math.min(LONGEST_DAYS, sensorDays ?? USUAL_DAYS) / 10;
  return [...lowest.map((value) => (Math.max(LEAST, Math.min(MOST, value)) - 70) / 10), worn, worn * worn];
}

function lowestMean({ mgdl }: ClinicalDay, slots: number): number {
  let lowest = Infinity;
  for (let slot = 0; slot + slots <= NIGHT_SLOTS; slot++) {
    const mean = mgdl.subarray(slot, slot + slots).reduce((a, b) => a + b, 0) / slots;
    if (mean < lowest) lowest = mean;
  }
  return lowest;
}
