import * as fc from 'fast-check';
import { apportion, displayedRanges } from '../../../src/domain/glycemia/segments.js';
import { TARGET_PRESETS, TARGETS } from '../../../src/domain/glycemia/targets.js';
import { bandCounts } from '../../../src/domain/glycemia/native-histogram.js';

const counts = (veryLow: number, low: number, inRange: number, high: number, veryHigh: number, tight = 0) => ({
  veryLow,
  low,
  inRange,
  high,
  veryHigh,
  tight,
});
const shown = (of: ReturnType<typeof counts>): string[] =>
  displayedRanges(of, TARGETS.adult).segments.map((segment) => segment.display);

describe('displayedRanges', () => {
  it('prints very high first and whole percentages', () => {
    expect(shown(counts(10, 30, 710, 200, 50))).toEqual(['5', '20', '71', '3', '1']);
  });

  it('never prints 0 for what was there: seven minutes of very low in a day', () => {
    expect(shown(counts(1, 0, 287, 0, 0))).toEqual(['0', '0', '100', '0', '<1']);
  });

  it('reconciles 33.3 three times to 100 in favour of the range', () => {
    expect(shown(counts(0, 1, 1, 1, 0))).toEqual(['0', '33', '34', '33', '0']);
  });

  it('reconciles a bracket to the sum of its bands, a tie in favour of the lower risk', () => {
    // 2.5 + 2.5 below: the bracket is 5, and of the two halves the low one gains.
    const ranges = displayedRanges(counts(25, 25, 950, 0, 0), TARGETS.adult);
    expect(ranges.brackets[0]).toMatchObject({ code: 'below', percent: 5, display: '5' });
    expect(ranges.segments.map((segment) => segment.display)).toEqual(['0', '0', '95', '3', '2']);
  });

  it('says nothing where there is nothing', () => {
    const { segments, brackets, tightRange } = displayedRanges(counts(0, 0, 0, 0, 0), TARGETS.adult);
    expect(segments.map(({ percent, display, minutesPerDay }) => [percent, display, minutesPerDay])).toEqual(
      Array.from({ length: 5 }, () => [null, '', null]),
    );
    expect(brackets.map((bracket) => bracket.percent)).toEqual([null, null]);
    expect(tightRange).toEqual({ percent: null, display: '' });
  });

  it('leaves out the bands that a preset merges', () => {
    const bandsOf = (preset: 'older' | 'pregnancy-t1') =>
      displayedRanges(counts(0, 1, 1, 1, 0), TARGETS[preset]).segments.map((segment) => segment.band);
    expect(bandsOf('older')).toEqual(['veryHigh', 'high', 'inRange', 'low']);
    expect(bandsOf('pregnancy-t1')).toEqual(['high', 'inRange', 'low', 'veryLow']);
  });

  it('carries the bounds in both units', () => {
    const [, high, inRange] = displayedRanges(counts(0, 0, 1, 0, 0), TARGETS.adult).segments;
    expect(inRange).toMatchObject({
      low: { mgdl: 70, mmoll: 3.9 },
      high: { mgdl: 180, mmoll: 10 },
      minutesPerDay: 1440,
    });
    expect(high).toMatchObject({ low: { mgdl: 180, mmoll: 10 }, high: { mgdl: 250, mmoll: 13.9 } });
  });

  it('adds up to 100, and each bracket to its bands, for any counts and preset', () => {
    const count = fc.nat({ max: 30_000 });
    const histogram = fc.array(fc.record({ tenths: fc.nat({ max: 4_000 }), flags: fc.constant(0), count }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(histogram, fc.constantFrom(...TARGET_PRESETS), (bins, preset) => {
        const of = bandCounts(bins, TARGETS[preset]);
        const { segments, brackets } = displayedRanges(of, TARGETS[preset]);
        if (of.veryLow + of.low + of.inRange + of.high + of.veryHigh === 0) return;
        const whole = (display: string): number => (display === '<1' ? 0 : Number(display));
        const sum = (bands: readonly string[]): number =>
          segments.filter(({ band }) => bands.includes(band)).reduce((all, { display }) => all + whole(display), 0);
        expect(segments.reduce((all, { display }) => all + whole(display), 0)).toBe(100);
        expect(sum(['low', 'veryLow'])).toBe(whole(brackets[0]?.display ?? ''));
        expect(sum(['high', 'veryHigh'])).toBe(whole(brackets[1]?.display ?? ''));
        for (const { percent, display } of segments) {
          expect(Math.abs(whole(display) - (percent ?? 0))).toBeLessThan(2);
          expect(display === '0').toBe(percent === 0);
        }
      }),
    );
  });
});

it('apportions to the largest remainders and gives nothing to nothing', () => {
  expect(apportion([1, 1, 1], 100)).toEqual([34, 33, 33]);
  expect(apportion([0, 5, 0], 10)).toEqual([0, 10, 0]);
  expect(apportion([0, 0], 100)).toEqual([0, 0]);
});
