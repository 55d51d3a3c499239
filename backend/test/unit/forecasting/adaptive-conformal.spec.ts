import {
  adaptiveWidening,
  furthestShare,
  nextLevel,
  startLevel,
} from '../../../src/domain/forecasting/adaptive-conformal.js';
import { conformalQuantile } from '../../../src/domain/forecasting/conformal.js';
import { Random } from '../../../src/domain/simulator/random.js';

const REMEMBERED = 500;

/** Errors that grow to twice their size halfway, then shrink to half of it. */
function drifting(count: number, seed: number): number[] {
  const random = Random.seeded(seed);
  return Array.from({ length: count }, (_, i) =>
    Math.abs(random.normal(0, i < count / 3 ? 10 : i < (2 * count) / 3 ? 20 : 5)),
  );
}

/** Shares of misses in each third, with the level adapted or not. */
function missesOf(errors: readonly number[], rate: number): number[] {
  let level = startLevel(0.8, rate);
  const misses = [0, 0, 0];
  for (let i = REMEMBERED; i < errors.length; i++) {
    const missed = errors[i]! > adaptiveWidening(errors.slice(i - REMEMBERED, i), level);
    misses[Math.floor((3 * i) / errors.length)]! += Number(missed);
    level = nextLevel(level, missed);
  }
  return misses;
}

describe('adaptive conformal inference', () => {
  it('asks for more after a miss and for less after a hit', () => {
    const start = startLevel(0.8, 0.1);
    expect(start.alpha).toBeCloseTo(0.2, 12);
    expect(nextLevel(start, true).alpha).toBeCloseTo(0.12, 12);
    expect(nextLevel(start, false).alpha).toBeCloseTo(0.22, 12);
  });

  it('widens by the rank of past misses, by everything where none is allowed, by nothing where all are', () => {
    const scores = [5, 1, 4, 2, 3, 6, 9, 8, 7];
    expect(adaptiveWidening(scores, { wanted: 0.2, rate: 0.1, alpha: 0.2 })).toBe(8);
    expect(adaptiveWidening(scores, { wanted: 0.2, rate: 0.1, alpha: 0.05 })).toBe(Number.POSITIVE_INFINITY);
    expect(adaptiveWidening(scores, { wanted: 0.2, rate: 0.1, alpha: -0.01 })).toBe(Number.POSITIVE_INFINITY);
    expect(adaptiveWidening(scores, { wanted: 0.2, rate: 0.1, alpha: 1 })).toBe(Number.NEGATIVE_INFINITY);
  });

  it('keeps the share of misses through a drift that a fixed calibration does not survive', () => {
    const errors = drifting(9_000, 3);
    const fixed = conformalQuantile(errors.slice(0, 500), 0.8);
    const missedByFixed = errors.slice(3_000, 6_000).filter((error) => error > fixed).length / 3_000;
    expect(missedByFixed).toBeGreaterThan(0.4);
    const misses = missesOf(errors, 0.02);
    const shares = [misses[0]! / 2_500, misses[1]! / 3_000, misses[2]! / 3_000];
    for (const share of shares) expect(Math.abs(share - 0.2)).toBeLessThan(0.03);
  });

  it('stays within the bound of the paper against the worst that can come', () => {
    const start = startLevel(0.9, 0.05);
    for (const missed of [
      ({ alpha }: { alpha: number }) => alpha > 0,
      ({ alpha }: { alpha: number }) => alpha >= 1,
      ({ alpha }: { alpha: number }) => alpha > 0.3,
    ]) {
      let level = start;
      let misses = 0;
      for (let i = 0; i < 1_000; i++) {
        // At or below 0 nothing can be missed, at or above 1 everything is.
        const isMissed = level.alpha >= 1 || (level.alpha > 0 && missed(level));
        misses += Number(isMissed);
        level = nextLevel(level, isMissed);
      }
      expect(Math.abs(misses / 1_000 - 0.1)).toBeLessThanOrEqual(furthestShare(start, 1_000));
    }
    // (0.9 + 0.05) / (1,000 × 0.05)
    expect(furthestShare(start, 1_000)).toBeCloseTo(0.019, 12);
  });
});
