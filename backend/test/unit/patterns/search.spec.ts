import fc from 'fast-check';
import { distanceProfile } from '../../../src/domain/patterns/matrix-profile/distance-profile.js';
import { defaultRadius, matchesOf } from '../../../src/domain/patterns/matrix-profile/matches.js';
import { discordsOf, motifsOf } from '../../../src/domain/patterns/matrix-profile/motifs.js';
import { selfJoin } from '../../../src/domain/patterns/matrix-profile/self-join.js';
import { naiveDistances } from './naive-profile.js';
import { sensorLike, walk } from './series.js';

describe('the distances of a query to every window', () => {
  it.each(['shape', 'plain'] as const)('are what the definition says (%s)', (comparison) => {
    fc.assert(
      fc.property(sensorLike(4, 4), sensorLike(20, 60), (query, series) => {
        const q = query.slice(0, 4);
        const wanted = naiveDistances(q, series, { m: 4, plain: comparison === 'plain' })[0]!;
        const own = [...distanceProfile(q, series, comparison)];
        expect(own.length).toBe(wanted.length);
        expect(own.filter((value, j) => value !== wanted[j] && !(Math.abs(value - wanted[j]!) < 1e-6))).toEqual([]);
      }),
    );
  });

  it('tell a flat night at 300 from one at 100 by level, though not by shape', () => {
    const flat = (level: number): number[] => Array<number>(12).fill(level);
    expect(distanceProfile(flat(300), flat(100), 'shape')[0]).toBe(0);
    expect(distanceProfile(flat(300), flat(100), 'plain')[0]).toBeCloseTo(200 * Math.sqrt(12), 9);
  });

  it('name the query where it is too short or too long', () => {
    expect(() => distanceProfile([1, 2], walk(20, 1))).toThrow(/^m /);
    expect(() => distanceProfile(walk(21, 1), walk(20, 1))).toThrow('m is 21, more than the 20 samples of T');
  });
});

describe('matches', () => {
  const distances = Float64Array.of(3, 1, 2, Infinity, 5, 1, 9, 0.5, 0.5);

  it('are the nearest first, none beside a better one', () => {
    const matches = matchesOf(distances, { zone: 1, maxDistance: 3 });
    expect(matches.map(({ index }) => index)).toEqual([7, 1, 5]);
  });

  it('are no more than asked for, and begin with the query’s own window', () => {
    expect(matchesOf(distances, { zone: 0, maxDistance: 9, maxMatches: 2 }).map(({ index }) => index)).toEqual([7, 8]);
    expect(matchesOf(distances, { zone: 0, maxDistance: 1, own: 4 }).map(({ index }) => index)).toEqual([
      4, 7, 8, 1, 5,
    ]);
  });

  it('lie within a radius of two deviations below the mean where none is given, or are the nearest alone', () => {
    expect(defaultRadius(Float64Array.of(1, 1, 1, Infinity))).toBe(1);
    expect(defaultRadius(Float64Array.of(10, 10, 10, 10, 10, 10, 10, 10, 10, 0))).toBe(3);
    expect(matchesOf(Float64Array.of(Infinity, Infinity), { zone: 1, maxDistance: null })).toEqual([]);
  });
});

describe('motifs and discords', () => {
  const spike = [0, 2, 9, 14, 12, 7, 3, 1, 0, -1, 0, 0];
  const planted = walk(400, 23).map((value, t) => value + Math.sin(t));
  for (const at of [50, 180, 310])
    planted.splice(at, 12, ...spike.map((value, t) => 100 + at / 10 + 4 * value + t / 50));

  it('finds every place of a shape that was planted three times', () => {
    const [motif] = motifsOf(selfJoin(planted, 12), { maxDistance: 0.5 });
    expect(motif!.map(({ index }) => index).sort((a, b) => a - b)).toEqual([50, 180, 310]);
    expect(motif![0]!.distance).toBe(0);
  });

  it('gives no window twice, and none of a motif that is too small or too far apart', () => {
    const join = selfJoin(planted, 12);
    const motifs = motifsOf(join, { maxMotifs: 10, maxDistance: 2 });
    const firsts = motifs.map((motif) => motif[0]!.index);
    expect(new Set(firsts).size).toBe(firsts.length);
    expect(motifsOf(join, { maxDistance: 0.5, minNeighbors: 3 })).toEqual([]);
    expect(motifsOf(join, { cutoff: -1 })).toEqual([]);
  });

  it('calls strange what resembles nothing, once, and never what is missing', () => {
    const week = Array.from({ length: 600 }, (_, t) => 120 + 30 * Math.sin((2 * Math.PI * t) / 60));
    week.splice(333, 20, ...walk(20, 9));
    week[100] = Number.NaN;
    const discords = discordsOf(selfJoin(week, 24), 3);
    expect(discords[0]!.index).toBeGreaterThan(333 - 24);
    expect(discords[0]!.index).toBeLessThan(353);
    for (const { index } of discords) expect(index > 100 || index + 24 <= 100).toBe(true);
    expect(Math.abs(discords[0]!.index - discords[1]!.index)).toBeGreaterThan(6);
  });

  it('are empty where nothing has a neighbour, and name the option that is wrong', () => {
    const alone = selfJoin([1, 2, 4], 3);
    expect([motifsOf(alone), discordsOf(alone, 3)]).toEqual([[], []]);
    expect(() => motifsOf(alone, { maxMotifs: 0 })).toThrow(/^max_motifs /);
    expect(() => motifsOf(alone, { minNeighbors: -1 })).toThrow(/^min_neighbors /);
    expect(() => discordsOf(alone, 0)).toThrow(/^discords /);
  });
});
