import { type Persona, PERSONAS } from '../../../src/domain/simulator/personas.js';
import { cv, DAY, mgdlOfAll, percent, quantile, run, subjectOf } from './support.js';

jest.setTimeout(60_000);

const SEEDS = Array.from({ length: 10 }, (_, i) => 101 + 37 * i);
const DAYS = 14;

/** Ranges of a reference run of six seeds and fourteen days, each side widened by five points. */
const EXPECTED: readonly [Persona, { timeInRange: [number, number]; below: [number, number]; cv: [number, number] }][] =
  [
    [PERSONAS['type1-loop'], { timeInRange: [74, 90], below: [0, 8.9], cv: [24, 40] }],
    [PERSONAS['type1-nocturnal'], { timeInRange: [52, 68], below: [0.1, 18.6], cv: [33, 48] }],
    [PERSONAS['type2-basal'], { timeInRange: [45, 66], below: [0, 5.3], cv: [17, 28] }],
    [PERSONAS.athlete, { timeInRange: [74, 91], below: [0, 12.6], cv: [25, 45] }],
    [PERSONAS['low-adherence'], { timeInRange: [46, 64], below: [0, 6.4], cv: [29, 46] }],
  ];

/** The middle half of the seeds: one wild fortnight in ten is human. */
const middleHalf = (values: readonly number[]) => [quantile(values, 0.25), quantile(values, 0.75)] as const;

/** Null, or the quartiles that fall outside. */
function outside(values: readonly number[], [low, high]: readonly [number, number]): readonly [number, number] | null {
  const quartiles = middleHalf(values);
  return quartiles[0] >= low && quartiles[1] <= high ? null : quartiles;
}

describe(`personas over ${SEEDS.length} seeds and ${DAYS} days`, () => {
  it.each(EXPECTED.map(([persona, expected]) => ({ code: persona.code, persona, expected })))(
    '$code has the time in range, the lows and the variability of its kind',
    ({ persona, expected }) => {
      const traces = SEEDS.map((seed) => mgdlOfAll(run(subjectOf(persona, seed), DAYS).readings));
      expect(
        outside(
          traces.map((trace) => percent(trace, (mgdl) => mgdl >= 70 && mgdl <= 180)),
          expected.timeInRange,
        ),
      ).toBeNull();
      expect(
        outside(
          traces.map((trace) => percent(trace, (mgdl) => mgdl < 70)),
          expected.below,
        ),
      ).toBeNull();
      expect(outside(traces.map(cv), expected.cv)).toBeNull();
    },
  );

  it('pregnancy is judged in 63-140 mg/dL', () => {
    const traces = SEEDS.map((seed) => mgdlOfAll(run(subjectOf(PERSONAS.pregnancy, seed), DAYS).readings));
    expect(
      outside(
        traces.map((trace) => percent(trace, (mgdl) => mgdl >= 63 && mgdl <= 140)),
        [56, 75],
      ),
    ).toBeNull();
    expect(
      outside(
        traces.map((trace) => percent(trace, (mgdl) => mgdl < 63)),
        [0, 7.6],
      ),
    ).toBeNull();
  });

  it('the nocturnal persona has most of its lows between 23 and 6 o’clock', () => {
    const lows = SEEDS.flatMap((seed) => {
      const { readings } = run(subjectOf(PERSONAS['type1-nocturnal'], seed), DAYS);
      return readings.filter(({ tenths }) => tenths < 700).map(({ instant }) => (instant % DAY) / 3600);
    });
    expect(percent(lows, (hour) => hour < 6 || hour >= 23)).toBeGreaterThanOrEqual(60);
  });

  it('the low-adherence persona wears its sensor about three quarters of the time', () => {
    const active = SEEDS.map((seed) => run(subjectOf(PERSONAS['low-adherence'], seed), DAYS).readings.length / 40.32);
    expect(quantile(active, 0.5)).toBeGreaterThan(65);
    expect(quantile(active, 0.5)).toBeLessThan(90);
  });
});
