import fc from 'fast-check';
import type { Comparison } from '../../../src/domain/patterns/matrix-profile/pair-distance.js';
import { ParameterError } from '../../../src/domain/patterns/matrix-profile/parameters.js';
import { selfJoin } from '../../../src/domain/patterns/matrix-profile/self-join.js';
import { mistakes, naiveDistances } from './naive-profile.js';
import { sensorLike, walk } from './series.js';

const TOLERANCE = 1e-6;

describe.each<Comparison>(['shape', 'plain'])('the matrix profile of a series with itself, %s', (comparison) => {
  it.each([1, 3])('finds what comparing every pair finds, with %i neighbours per window', (k) => {
    fc.assert(
      fc.property(sensorLike(12, 60), fc.integer({ min: 3, max: 9 }), (series, m) => {
        const zone = Math.ceil(m / 4);
        const result = selfJoin(series, m, { k, comparison });
        const all = naiveDistances(series, series, {
          m,
          plain: comparison === 'plain',
          excludes: (i, j) => Math.abs(i - j) <= zone,
        });
        const only = (side: (i: number, j: number) => boolean): number[][] =>
          all.map((row, i) => row.map((value, j) => (side(i, j) ? value : Infinity)));
        expect(mistakes(result.nearest, all)).toEqual([]);
        expect(
          mistakes(
            result.left,
            only((i, j) => j < i),
          ),
        ).toEqual([]);
        expect(
          mistakes(
            result.right,
            only((i, j) => j > i),
          ),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('finds the same to the bit where it tells how far it is', () => {
    const series = walk(1_900, 5);
    const parts: number[] = [];
    const told = selfJoin(series, 40, { comparison }, (part) => parts.push(part));
    expect(told).toEqual(selfJoin(series, 40, { comparison }));
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.at(-1)).toBe(1);
  });

  it('names each neighbour once', () => {
    fc.assert(
      fc.property(sensorLike(12, 60), (series) => {
        const { k, indices } = selfJoin(series, 4, { k: 5, comparison }).nearest;
        for (let window = 0; window < indices.length / k; window++) {
          const found = [...indices.subarray(window * k, (window + 1) * k)].filter((index) => index >= 0);
          if (new Set(found).size < found.length) throw new Error(`${window}: ${found.join()}`);
        }
      }),
    );
  });
});

describe('the conventions of the reference', () => {
  it('gives a window with a missing value no neighbour, and makes it nobody’s', () => {
    const series = walk(60, 3);
    series[30] = Number.NaN;
    const { distances, indices } = selfJoin(series, 8).nearest;
    for (let window = 23; window <= 30; window++) expect([distances[window], indices[window]]).toEqual([Infinity, -1]);
    expect([...indices].filter((index) => index >= 23 && index <= 30)).toEqual([]);
    expect(distances[22]).toBeLessThan(Infinity);
  });

  it('puts two constants 0 apart, and a constant and a shape sqrt(m)', () => {
    const shape = [1, 5, 2, 8, 3, 9, 1, 4];
    const { distances, indices } = selfJoin([...Array<number>(8).fill(7), ...shape], 8).nearest;
    expect(distances[0]).toBeCloseTo(Math.sqrt(8), 12);
    expect(indices[0]).toBeGreaterThan(2);
    const flat = selfJoin(Array<number>(40).fill(5), 8);
    expect([...flat.nearest.distances]).toEqual(Array(33).fill(0));
    expect([...flat.nearest.indices].slice(0, 5)).toEqual([3, 4, 5, 0, 1]);
    expect([...flat.right.indices].slice(-4)).toEqual([32, -1, -1, -1]);
  });

  it('takes a constant for one only where every sample is equal', () => {
    const series = walk(60, 5).map((value, t) => (t >= 20 && t < 30 ? 100 + (t === 25 ? 1e-9 : 0) : value));
    expect(selfJoin(series, 8).nearest.distances[20]).not.toBe(Math.sqrt(8));
  });

  it('sees the same shapes whatever is added or multiplied', () => {
    const series = walk(200, 7);
    const { distances, indices } = selfJoin(series, 16).nearest;
    const moved = selfJoin(
      series.map((value) => 1000 + value / 1000),
      16,
    ).nearest;
    expect([...moved.indices]).toEqual([...indices]);
    const differences = moved.distances.map((value, window) => Math.abs(value - distances[window]!));
    expect(Math.max(...differences)).toBeLessThan(TOLERANCE);
  });

  it('finds a copy at distance 0, both ways', () => {
    const series = walk(300, 11);
    series.splice(200, 20, ...series.slice(40, 60).map((value) => 2 * value - 90));
    const { distances, indices } = selfJoin(series, 20).nearest;
    expect([indices[40], indices[200], distances[40], distances[200]]).toEqual([200, 40, 0, 0]);
  });
});

describe('tiny inputs', () => {
  it('has one window without a neighbour where the series is as long as the window', () => {
    const { nearest } = selfJoin([1, 2, 4], 3);
    expect([[...nearest.distances], [...nearest.indices]]).toEqual([[Infinity], [-1]]);
  });

  it.each([
    { name: 'm', call: () => selfJoin([1, 2, 3, 4], 2) },
    { name: 'm', call: () => selfJoin([1, 2, 3, 4], 5) },
    { name: 'm', call: () => selfJoin([], 3) },
    { name: 'm', call: () => selfJoin([1, 2, 3, 4], 3.5) },
    { name: 'm', call: () => selfJoin([1, 2, 3, 4], Number.NaN) },
    { name: 'k', call: () => selfJoin([1, 2, 3, 4], 3, { k: 0 }) },
    { name: 'zone', call: () => selfJoin([1, 2, 3, 4], 3, { zone: -1 }) },
  ])('refuses what it cannot compute with, by the name $name', ({ name, call }) => {
    expect(call).toThrow(ParameterError);
    expect(call).toThrow(new RegExp(`^${name} `));
  });
});
