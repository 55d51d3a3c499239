import type { GlucoseUnit } from '../glycemia/units.js';
import type { ZoneHistory } from '../time/zone-history.js';
import type { Physiology } from './physiology.js';
import type { SensorModel } from './sensor.js';
import type { TherapySettings } from './titration.js';

export type MealType = 'breakfast' | 'lunch' | 'dinner' | 'snack';

export interface MealHabit {
  readonly type: MealType;
  /** Local hour, its spread, and the usual carbohydrate. */
  readonly hour: number;
  readonly spreadHours: number;
  readonly grams: number;
  readonly probability: number;
}

export interface SportHabit {
  readonly sessionsPerWeek: number;
  readonly hour: number;
  readonly minutes: number;
  /** 0..1. */
  readonly intensity: number;
  readonly type: string;
}

export interface Habits {
  readonly wakeHour: number;
  readonly bedHour: number;
  readonly sleepSpreadHours: number;
  readonly weekendShiftHours: number;
  readonly meals: readonly MealHabit[];
  readonly gramsCv: number;
  /** Carbohydrate estimated over carbohydrate eaten, and how far single guesses scatter. */
  readonly estimateBias: number;
  readonly estimateCv: number;
  /** Minutes from first bite to bolus; negative is before the meal. */
  readonly bolusDelayMinutes: number;
  readonly bolusDelaySpread: number;
  readonly missedBolus: number;
  readonly correctsAboveMmol: number;
  /** Per five minutes awake above that. */
  readonly correctsWithin: number;
  readonly rescuesBelowMmol: number;
  readonly rescueGrams: number;
  /** Chance to wake per five minutes while the trace asks for it. */
  readonly wakesAtAlarm: number;
  readonly sport: SportHabit;
  readonly alcoholPerWeek: number;
  readonly restaurantFriday: boolean;
  /** Chance that a spell of three to six resistant days begins, per day. */
  readonly illnessPerDay: number;
}

export interface Therapy {
  readonly kind: 'loop' | 'pens' | 'basal-only';
  readonly basalInsulin: string;
  readonly rapidInsulin: string;
  /** Local hour of the long-acting dose. */
  readonly basalHour: number;
  /** Errors of prescription: doses over what titration found. */
  readonly basalFactor: number;
  readonly mealFactor: number;
  readonly forgetsBasal: number;
  /** Smallest dose of the device, U. */
  readonly doseStep: number;
}

/** How a wearer and their phone treat the sensor. */
export interface Wear {
  readonly model: SensorModel;
  readonly compressionPerNight: number;
  readonly outagesPerDay: number;
  readonly outageHours: number;
  /** Chance and mean length of days without a sensor when one has ended. */
  readonly pauseChance: number;
  readonly pauseDays: number;
}

/** Everything fixed about one simulated person. Plain data: it is stored beside the state that runs on it. */
export interface Subject {
  readonly seed: number;
  readonly persona: string;
  readonly body: Physiology;
  readonly settings: TherapySettings;
  readonly therapy: Therapy;
  readonly habits: Habits;
  readonly wear: Wear;
  readonly dawn: number;
  /** Coefficient of variation of sensitivity between days; standard deviation of its logarithm within them. */
  readonly dayVariation: number;
  readonly hourVariation: number;
  /** Fraction of sensitivity lost per day from `driftFrom` on. */
  readonly driftPerDay: number;
  readonly driftFrom: number;
  /** Factor on every dose: the one knob that moves time in range. */
  readonly doseFactor: number;
  readonly unit: GlucoseUnit;
  /** Readings fall on instants that leave this rest when divided by 300 s. */
  readonly phaseSeconds: number;
  readonly zones: ZoneHistory;
}
