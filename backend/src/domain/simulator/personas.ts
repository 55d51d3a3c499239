import { G6, G7, LIBRE3 } from './sensor.js';
import type { Habits, MealHabit, Therapy, Wear } from './subject.js';

/** A kind of person: the middle of every number that a single subject then scatters around. */
export interface Persona {
  readonly code: string;
  readonly diabetesType: 'type1' | 'type2' | 'gestational';
  readonly bodyWeightKg: number;
  /** Factor on the population's insulin sensitivities. */
  readonly sensitivity: number;
  /** mU/min/kg, and per mmol/L above 5. */
  readonly secretion: readonly [number, number];
  readonly production: number;
  readonly dawn: number;
  readonly dayVariation: number;
  readonly hourVariation: number;
  readonly depotHours: number;
  readonly therapy: Therapy;
  readonly habits: Habits;
  readonly wear: Wear;
  readonly targetMmol: number;
}

const meal = (type: MealHabit['type'], hour: number, grams: number, probability = 1, spreadHours = 0.6): MealHabit => ({
  type,
  hour,
  grams,
  probability,
  spreadHours,
});

const GLARGINE_HOURS = 9;
const DEGLUDEC_HOURS = 22;
const NPH_HOURS = 3.6;

const HABITS: Habits = {
  wakeHour: 6.9,
  bedHour: 23,
  sleepSpreadHours: 0.6,
  weekendShiftHours: 1,
  meals: [
    meal('breakfast', 7.6, 45, 0.95, 0.4),
    meal('lunch', 12.5, 60, 0.97),
    meal('snack', 16, 20, 0.5, 0.8),
    meal('dinner', 19, 65, 0.98),
  ],
  gramsCv: 0.33,
  estimateBias: 0.95,
  estimateCv: 0.25,
  bolusDelayMinutes: -5,
  bolusDelaySpread: 10,
  missedBolus: 0.15,
  correctsAboveMmol: 12,
  correctsWithin: 0.03,
  rescuesBelowMmol: 4.1,
  rescueGrams: 15,
  wakesAtAlarm: 0.08,
  sport: { sessionsPerWeek: 2, hour: 18, minutes: 45, intensity: 0.45, type: 'walking' },
  alcoholPerWeek: 0.5,
  restaurantFriday: false,
  illnessPerDay: 1 / 60,
};

const LOOP: Therapy = {
  kind: 'loop',
  basalInsulin: 'Insulin lispro',
  rapidInsulin: 'Insulin lispro',
  basalHour: 21,
  basalFactor: 1,
  mealFactor: 0.8,
  forgetsBasal: 0,
  doseStep: 0.05,
};

const PENS: Therapy = {
  kind: 'pens',
  basalInsulin: 'Insulin glargine',
  rapidInsulin: 'Insulin aspart',
  basalHour: 21.5,
  basalFactor: 1,
  mealFactor: 1,
  forgetsBasal: 0.01,
  doseStep: 0.5,
};

const WEAR: Wear = {
  model: G6,
  compressionPerNight: 0.08,
  outagesPerDay: 0.12,
  outageHours: 0.9,
  pauseChance: 0.05,
  pauseDays: 0.4,
};

const ADULT: Omit<Persona, 'code'> = {
  diabetesType: 'type1',
  bodyWeightKg: 72,
  sensitivity: 0.55,
  secretion: [0, 0],
  production: 1,
  dawn: 0.2,
  dayVariation: 0.12,
  hourVariation: 0.13,
  depotHours: GLARGINE_HOURS,
  therapy: LOOP,
  habits: HABITS,
  wear: WEAR,
  targetMmol: 6.7,
};

export const PERSONAS = {
  'type1-loop': { ...ADULT, code: 'type1-loop' },
  'type1-pens': {
    ...ADULT,
    code: 'type1-pens',
    therapy: { ...PENS, mealFactor: 0.9 },
    habits: { ...HABITS, bolusDelayMinutes: 0 },
  },
  'type1-nocturnal': {
    ...ADULT,
    code: 'type1-nocturnal',
    depotHours: NPH_HOURS,
    therapy: { ...PENS, basalInsulin: 'NPH insulin', basalHour: 22.5, basalFactor: 0.98, mealFactor: 1.03 },
    habits: {
      ...HABITS,
      missedBolus: 0.05,
      wakesAtAlarm: 0.14,
      sport: { sessionsPerWeek: 3, hour: 19.5, minutes: 60, intensity: 0.5, type: 'football' },
    },
  },
  'type2-basal': {
    ...ADULT,
    code: 'type2-basal',
    diabetesType: 'type2',
    bodyWeightKg: 98,
    sensitivity: 0.4,
    secretion: [0.05, 0.032],
    dayVariation: 0.1,
    therapy: { ...PENS, kind: 'basal-only', basalFactor: 0.76, forgetsBasal: 0.03, doseStep: 1 },
    habits: {
      ...HABITS,
      gramsCv: 0.26,
      missedBolus: 1,
      sport: { ...HABITS.sport, sessionsPerWeek: 2, intensity: 0.3 },
    },
    wear: { ...WEAR, model: G7 },
  },
  pregnancy: {
    ...ADULT,
    code: 'pregnancy',
    dayVariation: 0.14,
    bodyWeightKg: 74,
    sensitivity: 0.5,
    targetMmol: 6.5,
    therapy: { ...LOOP, mealFactor: 0.66 },
    habits: {
      ...HABITS,
      meals: [
        meal('breakfast', 7.6, 30, 1, 0.4),
        meal('snack', 10.3, 15, 0.7),
        meal('lunch', 12.7, 45),
        meal('snack', 16, 15, 0.7),
        meal('dinner', 18.8, 45),
      ],
      gramsCv: 0.3,
      estimateCv: 0.2,
      bolusDelayMinutes: -15,
      missedBolus: 0.04,
      correctsAboveMmol: 9,
      rescuesBelowMmol: 3.6,
      rescueGrams: 12,
      alcoholPerWeek: 0,
    },
  },
  athlete: {
    ...ADULT,
    code: 'athlete',
    bodyWeightKg: 68,
    sensitivity: 0.95,
    depotHours: DEGLUDEC_HOURS,
    therapy: { ...PENS, basalInsulin: 'Insulin degludec', basalFactor: 0.9, mealFactor: 0.95 },
    habits: { ...HABITS, sport: { sessionsPerWeek: 6, hour: 17.5, minutes: 70, intensity: 0.6, type: 'running' } },
    wear: { ...WEAR, model: G7 },
  },
  'low-adherence': {
    ...ADULT,
    code: 'low-adherence',
    therapy: { ...PENS, forgetsBasal: 0.08, mealFactor: 0.86, basalFactor: 0.9 },
    habits: {
      ...HABITS,
      wakeHour: 8.2,
      bedHour: 24.3,
      sleepSpreadHours: 1.1,
      weekendShiftHours: 1.6,
      gramsCv: 0.35,
      estimateCv: 0.3,
      missedBolus: 0.4,
      bolusDelayMinutes: 15,
      correctsAboveMmol: 14,
      sport: { ...HABITS.sport, sessionsPerWeek: 1 },
      alcoholPerWeek: 1.5,
      restaurantFriday: true,
    },
    wear: {
      model: G6,
      compressionPerNight: 0.6,
      outagesPerDay: 1,
      outageHours: 2.6,
      pauseChance: 0.9,
      pauseDays: 2.2,
    },
  },
} as const satisfies Record<string, Persona>;

export type PersonaCode = keyof typeof PERSONAS;

const alice: Persona = {
  ...PERSONAS['type1-loop'],
  code: 'alice',
  bodyWeightKg: 62,
  habits: { ...HABITS, missedBolus: 0.03, sport: { ...HABITS.sport, sessionsPerWeek: 4, type: 'cycling' } },
};

const bob: Persona = {
  ...PERSONAS['type2-basal'],
  code: 'bob',
  bodyWeightKg: 92,
  therapy: { ...PERSONAS['type2-basal'].therapy, basalFactor: 1 },
  dayVariation: 0.18,
  hourVariation: 0.2,
  habits: {
    ...PERSONAS['type2-basal'].habits,
    wakeHour: 6.2,
    bedHour: 24,
    sleepSpreadHours: 1.2,
    gramsCv: 0.36,
    restaurantFriday: true,
    sport: { ...HABITS.sport, sessionsPerWeek: 1.5, intensity: 0.35 },
  },
};

const carol: Persona = {
  ...PERSONAS.athlete,
  code: 'carol',
  bodyWeightKg: 58,
  therapy: { ...PERSONAS.athlete.therapy, rapidInsulin: 'Fast-acting insulin aspart' },
  wear: { ...WEAR, model: LIBRE3 },
};

/** The three people of the demo with names of their own. */
export const NAMED = { alice, bob, carol } as const;
