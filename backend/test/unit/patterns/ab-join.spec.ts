import fc from 'fast-check';
import { abJoin } from '../../../src/domain/patterns/matrix-profile/ab-join.js';
import type { Comparison } from '../../../src/domain/patterns/matrix-profile/pair-distance.js';
import { mistakes, naiveDistances } from './naive-profile.js';
import { sensorLike, walk } from './series.js';

describe('joining two series', () => {
  it.each<[Comparison, number]>([
    ['shape', 1],
    ['shape', 2],
    ['plain', 1],
    ['plain', 3],
  ])('finds what comparing every pair finds, both ways (%s, %i neighbours)', (comparison, k) => {
    fc.assert(
      fc.property(sensorLike(9, 50), sensorLike(9, 30), fc.integer({ min: 3, max: 9 }), (a, b, m) => {
        const result = abJoin(a, b, m, { comparison, k });
        const options = { m, plain: comparison === 'plain' };
        expect(mistakes(result.nearestInB, naiveDistances(a, b, options))).toEqual([]);
        expect(mistakes(result.nearestInA, naiveDistances(b, a, options))).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('finds every window of a series in that series, since no pair is left out', () => {
    const series = walk(120, 2);
    const { distances, indices } = abJoin(series, series, 12).nearestInB;
    expect([...indices]).toEqual(Array.from({ length: 109 }, (_, i) => i));
    expect([...distances]).toEqual(Array(109).fill(0));
  });

  it('names the series that is too short', () => {
    expect(() => abJoin(walk(30, 1), walk(10, 1), 12)).toThrow('m is 12, more than the 10 samples of T_B');
    expect(() => abJoin(walk(10, 1), walk(30, 1), 12)).toThrow('m is 12, more than the 10 samples of T_A');
  });
});
