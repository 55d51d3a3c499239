import {
  FAST_GUT_1,
  glucoseOf,
  type Inputs,
  MMOL_PER_GRAM,
  type Physiology,
  RAPID_1,
  restingState,
  stepMinute,
} from './physiology.js';

/** What a clinic would have found for one body by trying. */
export interface TherapySettings {
  readonly targetMmol: number;
  /** Insulin from outside that holds the target without meals, U/h; 0 where the body makes enough itself. */
  readonly basalUnitsPerHour: number;
  /** Plasma insulin in that balance, mU/L. */
  readonly plasmaInsulin: number;
  /** Carbohydrate covered by one unit, g. */
  readonly gramsPerUnit: number;
  /** Fall of glucose by one unit within five hours, mmol/L. */
  readonly mmolPerUnit: number;
}

/** Day-round means of the rhythms of `rhythm.ts`: mornings are resistant, so the balance at noon would be too little. */
const MEAN_SENSITIVITY = 0.95;
const MEAN_PRODUCTION = 1.03;

/** Therapy settings by simulation: balance at the target, a 60 g meal that ends where it began, one unit of correction. */
export function titrate(body: Physiology, targetMmol = 6.4): TherapySettings {
  const plasmaInsulin = balancingInsulin(body, targetMmol);
  const needed = plasmaInsulin * body.ke * body.insulinVolume * body.bodyWeightKg;
  const own = Math.max(0, body.basalSecretion + body.secretionGain * (targetMmol - 5)) * body.bodyWeightKg;
  const basal = Math.max(0, needed - own);
  const run = (grams: number, units: number) =>
    glucoseAfter(body, targetMmol, plasmaInsulin, needed - own, grams, units);
  const untouched = run(0, 0);
  const mmolPerUnit = Math.max(0.2, untouched - run(0, 1));
  let low = 0.3;
  let high = 40;
  for (let i = 0; i < 14; i++) {
    const units = (low + high) / 2;
    if (run(60, units) > untouched + 0.3) low = units;
    else high = units;
  }
  return {
    targetMmol,
    basalUnitsPerHour: (basal * 60) / 1000,
    plasmaInsulin,
    gramsPerUnit: 60 / high,
    mmolPerUnit,
  };
}

/** The plasma insulin (mU/L) at which production equals use; monotone, hence bisection. */
function balancingInsulin(body: Physiology, glucose: number): number {
  const q1 = glucose * body.glucoseVolume * body.bodyWeightKg;
  let low = 0;
  let high = 80;
  for (let i = 0; i < 40; i++) {
    const insulin = (low + high) / 2;
    const acting = insulin * MEAN_SENSITIVITY;
    const x1 = body.transportSensitivity * acting;
    const x2 = body.disposalSensitivity * acting;
    const made =
      body.endogenousProduction *
      body.bodyWeightKg *
      MEAN_PRODUCTION *
      Math.max(0, 1 - body.productionSensitivity * acting);
    const used =
      body.independentUse * body.bodyWeightKg * Math.min(glucose / 4.5, 1) +
      x1 * q1 -
      (body.k12 * x1 * q1) / (body.k12 + x2);
    if (made > used) low = insulin;
    else high = insulin;
  }
  return (low + high) / 2;
}

function glucoseAfter(
  body: Physiology,
  start: number,
  plasmaInsulin: number,
  milliunitsPerMinute: number,
  grams: number,
  units: number,
): number {
  const state = restingState(body, start, plasmaInsulin);
  const inputs: Inputs = {
    // A steady infusion straight after its two delays: the compartments start full.
    rapidInsulin: milliunitsPerMinute,
    fastCarbs: 0,
    slowCarbs: 0,
    sensitivity: MEAN_SENSITIVITY,
    production: MEAN_PRODUCTION,
    exercise: 0,
  };
  state[RAPID_1] = milliunitsPerMinute * body.rapidInsulinMinutes + units * 1000;
  state[RAPID_1 + 1] = milliunitsPerMinute * body.rapidInsulinMinutes;
  state[FAST_GUT_1] = grams * MMOL_PER_GRAM * body.carbBioavailability;
  for (let minute = 0; minute < 300; minute++) stepMinute(body, state, inputs);
  return glucoseOf(body, state);
}
