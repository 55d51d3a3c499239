import { Random } from '../../../src/domain/simulator/random.js';
import { cv, mean } from './support.js';

describe('random numbers', () => {
  it('are the same on every machine for the same seed', () => {
    const random = Random.seeded(1, 2, 3);
    expect(Array.from({ length: 4 }, () => Math.floor(random.next() * 2 ** 32))).toEqual([
      2716052137, 433707640, 1090374843, 1288158962,
    ]);
  });

  it('differ between seeds that differ in one place', () => {
    const first = [Random.seeded(1, 2), Random.seeded(2, 1), Random.seeded(1, 3), Random.seeded(1)].map((r) =>
      r.next(),
    );
    expect(new Set(first).size).toBe(4);
  });

  it('have the mean and spread they are asked for', () => {
    const random = Random.seeded(7);
    const normal = Array.from({ length: 20_000 }, () => random.normal(100, 15));
    expect(mean(normal)).toBeCloseTo(100, 0);
    expect(cv(normal)).toBeCloseTo(15, 0);
    expect(mean(Array.from({ length: 20_000 }, () => random.exponential(3)))).toBeCloseTo(3, 0);
  });
});
