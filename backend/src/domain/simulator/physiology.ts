/**
 * Glucose-insulin model of Hovorka et al. 2004 (Physiol. Meas. 25:905) with the parameter set of Wilinska et al. 2010
 * (J. Diabetes Sci. Technol. 4:132): minutes, mmol, milliunits. Added: a second, slower meal channel, a long-acting depot,
 * residual secretion, exercise in the structure of Deichmann et al. 2021, blunted counter-regulation, interstitial delay.
 */
export interface Physiology {
  readonly bodyWeightKg: number;
  /** Transfer from the inaccessible to the accessible glucose compartment, 1/min. */
  readonly k12: number;
  /** Deactivation of insulin action on transport, disposal and production, 1/min. */
  readonly ka1: number;
  readonly ka2: number;
  readonly ka3: number;
  /** Insulin elimination, 1/min. */
  readonly ke: number;
  /** Distribution volumes, L/kg. */
  readonly insulinVolume: number;
  readonly glucoseVolume: number;
  /** Fraction of eaten carbohydrate that reaches the blood. */
  readonly carbBioavailability: number;
  /** Time to maximum of the fast meal channel, min; the slow one takes 2.2 times as long. */
  readonly mealMinutes: number;
  /** Sensitivities: transport and disposal per min per mU/L, production per mU/L. */
  readonly transportSensitivity: number;
  readonly disposalSensitivity: number;
  readonly productionSensitivity: number;
  /** Endogenous production and non-insulin-dependent use, mmol/kg/min. */
  readonly endogenousProduction: number;
  readonly independentUse: number;
  /** Time to maximum of rapid-acting insulin under the skin, min. */
  readonly rapidInsulinMinutes: number;
  /** Plasma to interstitium, min. */
  readonly interstitialMinutes: number;
  /** Residual secretion, mU/min/kg at 5 mmol/L, and its slope per mmol/L. */
  readonly basalSecretion: number;
  readonly secretionGain: number;
  /** Release of the long-acting depot, 1/min. */
  readonly depotRate: number;
  /** Glucose uptake at full exercise, 1/min, and the later gain in sensitivity. */
  readonly exerciseUptake: number;
  readonly exerciseSensitivity: number;
}

/** Population means of the paper, identical in the three open implementations compared. */
export const POPULATION: Physiology = {
  bodyWeightKg: 72,
  k12: 0.066,
  ka1: 0.006,
  ka2: 0.06,
  ka3: 0.03,
  ke: 0.138,
  insulinVolume: 0.12,
  glucoseVolume: 0.16,
  carbBioavailability: 0.8,
  mealMinutes: 40,
  transportSensitivity: 51.2e-4,
  disposalSensitivity: 8.2e-4,
  productionSensitivity: 520e-4,
  endogenousProduction: 0.0161,
  independentUse: 0.0097,
  rapidInsulinMinutes: 55,
  interstitialMinutes: 8,
  basalSecretion: 0,
  secretionGain: 0,
  depotRate: Math.LN2 / (9 * 60),
  exerciseUptake: 0.0105,
  exerciseSensitivity: 1.1,
};

/** Places in the state vector. Amounts of the whole body: glucose mmol, insulin mU. */
export const Q1 = 0;
export const Q2 = 1;
export const RAPID_1 = 2;
export const RAPID_2 = 3;
export const PLASMA_INSULIN = 4;
export const ACTION_TRANSPORT = 5;
export const ACTION_DISPOSAL = 6;
export const ACTION_PRODUCTION = 7;
export const FAST_GUT_1 = 8;
export const FAST_GUT_2 = 9;
export const SLOW_GUT_1 = 10;
export const SLOW_GUT_2 = 11;
export const DEPOT_1 = 12;
export const DEPOT_2 = 13;
export const EXERCISE = 14;
export const EXERCISE_TAIL = 15;
export const INTERSTITIAL = 16;
const STATE_LENGTH = 17;

/** What acts on the body during one minute. */
export interface Inputs {
  /** Continuous rapid-acting insulin, mU/min. */
  rapidInsulin: number;
  /** Carbohydrate eaten, g/min. */
  fastCarbs: number;
  slowCarbs: number;
  /** Factors on insulin sensitivity and on endogenous production, 1 = usual. */
  sensitivity: number;
  production: number;
  /** Intensity 0..1. */
  exercise: number;
}

export const MMOL_PER_GRAM = 1000 / 180.16;
const SLOW_CHANNEL = 2.2;

/** Plasma glucose, mmol/L. */
export const glucoseOf = (body: Physiology, state: Float64Array): number =>
  (state[Q1] ?? 0) / (body.glucoseVolume * body.bodyWeightKg);

/** The state in balance at `glucose` mmol/L with the plasma insulin (mU/L) that holds it there. */
export function restingState(body: Physiology, glucose: number, plasmaInsulin: number): Float64Array {
  const state = new Float64Array(STATE_LENGTH);
  const x1 = body.transportSensitivity * plasmaInsulin;
  const x2 = body.disposalSensitivity * plasmaInsulin;
  state[Q1] = glucose * body.glucoseVolume * body.bodyWeightKg;
  state[Q2] = ((state[Q1] ?? 0) * x1) / (body.k12 + x2);
  state[PLASMA_INSULIN] = plasmaInsulin;
  state[ACTION_TRANSPORT] = x1;
  state[ACTION_DISPOSAL] = x2;
  state[ACTION_PRODUCTION] = body.productionSensitivity * plasmaInsulin;
  state[INTERSTITIAL] = glucose;
  return state;
}

/** One Euler step of a minute, in place. The fastest rate constant is 0.138/min, far inside the stable region. */
export function stepMinute(body: Physiology, s: Float64Array, inputs: Inputs): void {
  const q1 = s[Q1]!;
  const q2 = s[Q2]!;
  const weight = body.bodyWeightKg;
  const volume = body.glucoseVolume * weight;
  const glucose = q1 / volume;
  const x1 = s[ACTION_TRANSPORT]!;
  const x2 = s[ACTION_DISPOSAL]!;
  const x3 = s[ACTION_PRODUCTION]!;
  const insulin = s[PLASMA_INSULIN]!;
  const activity = s[EXERCISE]!;
  const tail = s[EXERCISE_TAIL]!;

  const independentUse = body.independentUse * weight * (glucose < 4.5 ? glucose / 4.5 : 1);
  const renalLoss = glucose > 9 ? 0.003 * (glucose - 9) * volume : 0;
  const slowMinutes = body.mealMinutes * SLOW_CHANNEL;
  const fastGut = s[FAST_GUT_2]! / body.mealMinutes;
  const slowGut = s[SLOW_GUT_2]! / slowMinutes;
  const counterRegulation = glucose < 3.7 ? 1 + 0.35 * (3.7 - glucose) : 1;
  const production = body.endogenousProduction * weight * inputs.production * counterRegulation * (x3 < 1 ? 1 - x3 : 0);
  const exerciseUse = body.exerciseUptake * activity * q1;
  const changed =
    q1 - independentUse - x1 * q1 + body.k12 * q2 - renalLoss + fastGut + slowGut + production - exerciseUse;
  const least = 0.5 * volume;
  s[Q1] = changed > least ? changed : least;
  s[Q2] = q2 + x1 * q1 - (body.k12 + x2) * q2;

  const secreted = (body.basalSecretion + body.secretionGain * (glucose - 5)) * weight;
  const secretion = secreted > 0 ? secreted : 0;
  const depotRelease = body.depotRate * s[DEPOT_2]!;
  const rapidRelease = s[RAPID_2]! / body.rapidInsulinMinutes;
  const rapidTransfer = s[RAPID_1]! / body.rapidInsulinMinutes;
  s[RAPID_1] = s[RAPID_1]! + inputs.rapidInsulin - rapidTransfer;
  s[RAPID_2] = s[RAPID_2]! + rapidTransfer - rapidRelease;
  s[PLASMA_INSULIN] =
    insulin + (rapidRelease + depotRelease + secretion) / (body.insulinVolume * weight) - body.ke * insulin;
  const depotTransfer = 2 * body.depotRate * s[DEPOT_1]!;
  s[DEPOT_1] = s[DEPOT_1]! - depotTransfer;
  s[DEPOT_2] = s[DEPOT_2]! + depotTransfer - depotRelease;

  const effective = inputs.sensitivity * (1 + body.exerciseSensitivity * tail) * insulin;
  s[ACTION_TRANSPORT] = x1 + body.ka1 * (body.transportSensitivity * effective - x1);
  s[ACTION_DISPOSAL] = x2 + body.ka2 * (body.disposalSensitivity * effective - x2);
  s[ACTION_PRODUCTION] = x3 + body.ka3 * (body.productionSensitivity * effective - x3);

  const absorbed = body.carbBioavailability * MMOL_PER_GRAM;
  const fastEmptying = s[FAST_GUT_1]! / body.mealMinutes;
  const slowEmptying = s[SLOW_GUT_1]! / slowMinutes;
  s[FAST_GUT_1] = s[FAST_GUT_1]! + absorbed * inputs.fastCarbs - fastEmptying;
  s[FAST_GUT_2] = s[FAST_GUT_2]! + fastEmptying - fastGut;
  s[SLOW_GUT_1] = s[SLOW_GUT_1]! + absorbed * inputs.slowCarbs - slowEmptying;
  s[SLOW_GUT_2] = s[SLOW_GUT_2]! + slowEmptying - slowGut;

  const square = activity * activity * 100;
  const fourth = square * square;
  const onset = fourth / (1 + fourth) / 60;
  s[EXERCISE] = activity + (inputs.exercise - activity) / 5;
  s[EXERCISE_TAIL] = tail + onset * (1 - tail) - tail / 600;
  s[INTERSTITIAL] = s[INTERSTITIAL]! + (glucose - s[INTERSTITIAL]!) / body.interstitialMinutes;
}
