import { HISTORY_STEPS, INPUTS, isClockInput, writeInputs } from '../../../src/domain/forecasting/inputs.js';

const inputsOf = (history: readonly number[], minuteOfDay: number | null = null): number[] => {
  const into = new Float64Array(INPUTS);
  writeInputs({ history, from: 0, minuteOfDay }, into, 0);
  return [...into];
};
/** Rises by 1 mg/dL a step, to 250. */
const rising = Array.from({ length: HISTORY_STEPS }, (_, i) => 107 + i);

describe('what the network sees', () => {
  it('has 72 numbers', () => {
    expect(INPUTS).toBe(72);
    expect(Array.from({ length: INPUTS }, (_, i) => i).filter(isClockInput)).toEqual([68, 69, 70, 71]);
  });

  it('of a steady rise', () => {
    const inputs = inputsOf(rising);
    expect(inputs.slice(0, 3)).toEqual([-1, -2, -3]);
    expect(inputs[46]).toBe(-47);
    // Lags 48 to 53, then 138 to 143.
    expect(inputs[47]).toBe(-50.5);
    expect(inputs[62]).toBe(-140.5);
    expect(inputs[63]).toBe(130);
    expect(inputs.slice(64, 67)).toEqual([1, 1, 0]);
    // The standard deviation of 0 to 143.
    expect(inputs[67]).toBeCloseTo(Math.sqrt((144 ** 2 - 1) / 12), 10);
    expect(inputs.slice(68)).toEqual([0, 0, 0, 0]);
  });

  it('takes what is not known as standing still', () => {
    const inputs = inputsOf(rising.map((value, i) => (i >= 100 && i < 140 ? Number.NaN : value)));
    // Index 140 is three steps before the last; 99 is 44 before.
    expect(inputs.slice(0, 5)).toEqual([-1, -2, -3, -3, -3]);
    expect(inputs[42]).toBe(-3);
    expect(inputs[43]).toBe(-44);
  });

  it('sees the clock where it is known', () => {
    const [sin, cos, sinTwice, cosTwice] = inputsOf(rising, 360).slice(68);
    expect([sin, cosTwice]).toEqual([1, -1]);
    expect(cos).toBeCloseTo(0, 12);
    expect(sinTwice).toBeCloseTo(0, 12);
  });

  it('reads only its own stretch of a longer array', () => {
    const longer = [999, ...rising, 999];
    const into = new Float64Array(INPUTS + 2);
    writeInputs({ history: longer, from: 1, minuteOfDay: null }, into, 1);
    expect([...into]).toEqual([0, ...inputsOf(rising), 0]);
  });
});
