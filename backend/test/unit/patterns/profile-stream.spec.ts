import fc from 'fast-check';
import { ProfileStream } from '../../../src/domain/patterns/matrix-profile/profile-stream.js';
import { selfJoin } from '../../../src/domain/patterns/matrix-profile/self-join.js';
import { mistakes, naiveDistances } from './naive-profile.js';
import { sensorLike, walk } from './series.js';

describe('a profile that is kept up to date', () => {
  it.each([1, 3])('is, after any samples, the profile of all of them (%i neighbours)', (k) => {
    fc.assert(
      fc.property(
        sensorLike(12, 30),
        sensorLike(1, 15),
        fc.constantFrom('shape', 'plain'),
        (start, later, comparison) => {
          const stream = new ProfileStream(start, 5, { k, comparison });
          for (const sample of later) stream.append(sample);
          const series = [...start, ...later];
          const all = naiveDistances(series, series, {
            m: 5,
            plain: comparison === 'plain',
            excludes: (i, j) => Math.abs(i - j) <= 2,
          });
          expect(mistakes(stream.nearest, all)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('lets the oldest leave, keeps counting from the first, and names neighbours that have left', () => {
    const series = walk(140, 31);
    const stream = new ProfileStream(series.slice(0, 100), 10, { egress: true });
    for (const sample of series.slice(100)) stream.append(sample);
    const whole = selfJoin(series, 10);
    expect(stream.nearest.distances).toHaveLength(91);
    expect([...stream.left.indices].some((index) => index >= 0 && index < 40)).toBe(true);
    for (let window = 0; window < 91; window++) {
      // What the whole series knows of a window can only be nearer: some of it left before the window came.
      expect(stream.nearest.distances[window]!).toBeGreaterThanOrEqual(whole.nearest.distances[40 + window]! - 1e-9);
    }
    expect(stream.nearest.indices[90]).toBeLessThan(131 - 3);
  });

  it('takes a missing sample as it comes', () => {
    const stream = new ProfileStream(walk(30, 8), 6);
    stream.append(Number.NaN);
    for (const sample of walk(6, 9)) stream.append(sample);
    const { distances, indices } = stream.nearest;
    expect(Array.from(distances.subarray(25, 31))).toEqual(Array(6).fill(Infinity));
    expect(Array.from(indices.subarray(25, 31))).toEqual(Array(6).fill(-1));
    expect(distances[31]).toBeLessThan(Infinity);
  });

  it('names the parameter that is wrong', () => {
    expect(() => new ProfileStream([1, 2, 3], 4)).toThrow(/^m /);
  });
});
