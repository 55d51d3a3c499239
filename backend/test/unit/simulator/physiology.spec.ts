import {
  DEPOT_1,
  FAST_GUT_1,
  glucoseOf,
  type Inputs,
  MMOL_PER_GRAM,
  POPULATION,
  RAPID_1,
  RAPID_2,
  restingState,
  stepMinute,
} from '../../../src/domain/simulator/physiology.js';
import { titrate } from '../../../src/domain/simulator/titration.js';

const REST: Inputs = { rapidInsulin: 0, fastCarbs: 0, slowCarbs: 0, sensitivity: 0.95, production: 1.03, exercise: 0 };

function afterMinutes(minutes: number, change: (state: Float64Array) => void, inputs: Partial<Inputs> = {}): number {
  const settings = titrate(POPULATION, 6.4);
  const state = restingState(POPULATION, 6.4, settings.plasmaInsulin);
  const basal = (settings.basalUnitsPerHour * 1000) / 60;
  state[RAPID_1] = state[RAPID_2] = basal * POPULATION.rapidInsulinMinutes;
  change(state);
  for (let i = 0; i < minutes; i++) stepMinute(POPULATION, state, { ...REST, rapidInsulin: basal, ...inputs });
  return glucoseOf(POPULATION, state);
}

describe('physiology', () => {
  it('needs about 0.4 U/h and 26 g/U with the published means at 72 kg', () => {
    const { basalUnitsPerHour, gramsPerUnit } = titrate(POPULATION);
    expect(basalUnitsPerHour).toBeGreaterThan(0.25);
    expect(basalUnitsPerHour).toBeLessThan(0.55);
    expect(gramsPerUnit).toBeGreaterThan(18);
    expect(gramsPerUnit).toBeLessThan(34);
  });

  it('stays at the target on the titrated basal rate', () => {
    expect(afterMinutes(1440, () => undefined)).toBeCloseTo(6.4, 0);
  });

  it('rises after a meal, and a matching bolus brings it back within five hours', () => {
    const { gramsPerUnit } = titrate(POPULATION);
    const eat = (state: Float64Array) => (state[FAST_GUT_1] = 60 * MMOL_PER_GRAM * POPULATION.carbBioavailability);
    const covered = (state: Float64Array) => {
      eat(state);
      state[RAPID_1] = (state[RAPID_1] ?? 0) + (60 / gramsPerUnit) * 1000;
    };
    expect(afterMinutes(90, eat)).toBeGreaterThan(10);
    expect(afterMinutes(300, covered)).toBeCloseTo(6.7, 0);
  });

  it('falls during exercise and on a long-acting dose', () => {
    expect(afterMinutes(60, () => undefined, { exercise: 0.5 })).toBeLessThan(5.4);
    expect(afterMinutes(480, (state) => (state[DEPOT_1] = 15_000))).toBeLessThan(5);
  });
});
