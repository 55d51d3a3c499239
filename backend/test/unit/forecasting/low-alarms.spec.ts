import { lowStarts, scoreLowAlarms, thresholdFor } from '../../../src/domain/forecasting/low-alarms.js';

/** Twenty values of 100, six of 60 and twenty of 100, with the given chances; 0 elsewhere. */
const trace = (chances: Readonly<Record<number, number>>) => {
  const mgdl = Float64Array.from({ length: 46 }, (_, i) => (i >= 20 && i < 26 ? 60 : 100));
  return { mgdl, chances: Float64Array.from(mgdl, (_, i) => chances[i] ?? 0) };
};

describe('lows', () => {
  it.each([
    { values: [80, 69, 69, 69, 80], starts: [1] },
    { values: [80, 69, 69, 80, 69, 69], starts: [] },
    { values: [69, 69, 69, 80, 80, 69, 69, 69], starts: [0] },
    { values: [69, 69, 69, 70, 70, 70, 69, 69, 69], starts: [0, 6] },
  ])('of $values begin at $starts', ({ values, starts }) => expect(lowStarts(values)).toEqual(starts));
});

describe('alarms before lows', () => {
  it('count the low as foreseen and themselves as right', () => {
    expect(scoreLowAlarms([trace({ 16: 0.6 })], 0.5)).toEqual({
      lows: 1,
      foreseen: 1,
      sensitivity: 1,
      alarms: 1,
      precision: 1,
      falseADay: 0,
      medianLeadMinutes: 20,
    });
  });

  it('are false where no low begins within the hour, and a low without one is not foreseen', () => {
    const score = scoreLowAlarms([trace({ 7: 0.9, 40: 0.9 })], 0.5);
    expect(score).toMatchObject({ lows: 1, foreseen: 0, alarms: 2, precision: 0, medianLeadMinutes: null });
    // Two in 46 steps of five minutes.
    expect(score.falseADay).toBeCloseTo((2 * 288) / 46, 12);
  });

  it.each([
    { at: 8, ahead: 12, foreseen: 1 },
    { at: 7, ahead: 12, foreseen: 0 },
    { at: 19, ahead: 12, foreseen: 1 },
    { at: 14, ahead: 6, foreseen: 1 },
    { at: 13, ahead: 6, foreseen: 0 },
  ])('at step $at of a low at 20 foresee $foreseen within $ahead steps', ({ at, ahead, foreseen }) => {
    expect(scoreLowAlarms([trace({ [at]: 0.9 })], 0.5, ahead).foreseen).toBe(foreseen);
  });

  it('do not sound while it is low, nor again within half an hour', () => {
    expect(scoreLowAlarms([trace({ 20: 1, 23: 1 })], 0.5).alarms).toBe(0);
    expect(scoreLowAlarms([trace({ 1: 1, 2: 1, 6: 1, 7: 1 })], 0.5).alarms).toBe(2);
  });

  it('count only time that was watched', () => {
    const { mgdl, chances } = trace({ 1: 0.9 });
    chances.fill(Number.NaN, 23);
    expect(scoreLowAlarms([{ mgdl, chances }], 0.5).falseADay).toBeCloseTo(288 / 23, 12);
  });

  it('of nothing are nothing', () => {
    expect(scoreLowAlarms([], 0.5)).toMatchObject({ sensitivity: null, precision: null, falseADay: null });
  });
});

describe('the threshold', () => {
  const traces = [trace({ 3: 0.3, 16: 0.6 })];

  it('is the lowest that is quiet enough', () => {
    expect(thresholdFor(traces, 0.5, [0.5, 0.2, 0.4])).toBe(0.4);
    expect(thresholdFor(traces, 10, [0.5, 0.2, 0.4])).toBe(0.2);
  });

  it('is none where none is', () => expect(thresholdFor(traces, 0.5, [0.1, 0.2])).toBeNull());
});
