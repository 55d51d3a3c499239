import type { MealType } from './subject.js';

export interface SimulatedReading {
  /** Seconds since the epoch. */
  readonly instant: number;
  /** Ten times the native value, and the `FLAG_*` bits of `glycemia/units.ts`. */
  readonly tenths: number;
  readonly flags: number;
}

export interface SimulatedDose {
  readonly instant: number;
  readonly type: 'basal' | 'bolus' | 'correction';
  readonly insulin: string;
  readonly units: number;
  readonly carbsGrams: number | null;
}

export interface SimulatedMeal {
  readonly instant: number;
  readonly type: MealType;
  /** As the person wrote it down; what was eaten differs. */
  readonly carbsGrams: number;
  readonly proteinGrams: number;
  readonly fatGrams: number;
}

export interface SimulatedSleep {
  readonly from: number;
  readonly until: number;
  readonly deepMinutes: number;
  readonly remMinutes: number;
  readonly lightMinutes: number;
  readonly awakeMinutes: number;
  /** 0..10. */
  readonly quality: number;
}

export interface SimulatedActivity {
  readonly from: number;
  readonly until: number;
  readonly type: string;
  readonly intensity: 'light' | 'moderate' | 'vigorous';
  readonly calories: number;
  readonly heartRate: number;
}

/** What was wrong with the trace, and when: the truth that detectors are scored against. */
export interface Artefact {
  readonly kind: 'compression-low' | 'signal-loss' | 'backfill' | 'warm-up' | 'sensor-pause';
  readonly from: number;
  readonly until: number;
}

/** What a stretch of simulated time brought to light, each list ascending in time. */
export interface Output {
  readonly readings: SimulatedReading[];
  readonly doses: SimulatedDose[];
  readonly meals: SimulatedMeal[];
  readonly sleep: SimulatedSleep[];
  readonly activities: SimulatedActivity[];
  readonly artefacts: Artefact[];
}

export const emptyOutput = (): Output => ({
  readings: [],
  doses: [],
  meals: [],
  sleep: [],
  activities: [],
  artefacts: [],
});
