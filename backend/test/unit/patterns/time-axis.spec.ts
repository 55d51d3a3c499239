import { FLAG_CENSORED_HIGH, FLAG_MMOL } from '../../../src/domain/glycemia/units.js';
import type { GlucoseSeries } from '../../../src/domain/glycemia/series.js';
import { selfJoin } from '../../../src/domain/patterns/matrix-profile/self-join.js';
import { type EvenSeries, evenSeriesOf, samplesOf } from '../../../src/domain/patterns/time-axis/even-series.js';
import {
  type FindingOptions,
  type Findings,
  findingsOf,
  findingZone,
} from '../../../src/domain/patterns/time-axis/findings.js';
import { similarWindows } from '../../../src/domain/patterns/time-axis/similar-windows.js';
import { windowFacts } from '../../../src/domain/patterns/time-axis/window-facts.js';
import { walk } from './series.js';

const START = 1_704_067_200;
const OPTIONS: FindingOptions = { maxMotifs: 3, maxPlaces: 5, maxDiscords: 2 };

/** Readings as `[minutes after the start, mg/dL]`. */
const readings = (pairs: readonly (readonly [number, number])[], flags = 0): GlucoseSeries => ({
  instants: Float64Array.from(pairs, ([minutes]) => START + minutes * 60),
  tenths: Int16Array.from(pairs, ([, mgdl]) => Math.round(mgdl * 10)),
  flags: new Uint8Array(pairs.length).fill(flags),
});

const even = (mgdl: readonly number[]): EvenSeries => ({
  from: START,
  stepSeconds: 300,
  mgdl: Float64Array.from(mgdl),
  censored: new Uint8Array(mgdl.length),
});

function findings(mgdl: readonly number[], m = 36, k = 1): Findings {
  const series = even(mgdl);
  const [shape, plain] = (['shape', 'plain'] as const).map((comparison) =>
    selfJoin(series.mgdl, m, { comparison, zone: findingZone(m), k }),
  );
  return findingsOf(series, shape!, plain!, OPTIONS);
}

describe('glucose on the real time axis', () => {
  it('keeps the length of a gap, and joins nothing across it', () => {
    const series = evenSeriesOf(
      readings([
        [0, 100],
        [5, 110],
        [10, 120],
        [75, 90],
        [80, 95],
      ]),
    )!;
    expect(series.stepSeconds).toBe(300);
    expect(series.mgdl).toHaveLength(17);
    expect([...series.mgdl.subarray(0, 4)]).toEqual([100, 110, 120, Number.NaN]);
    expect([...series.mgdl.subarray(14)]).toEqual([Number.NaN, 90, 95]);
  });

  it('joins over one reading that is missing, and puts readings that are late where they belong', () => {
    const series = evenSeriesOf(
      readings([
        [0, 100],
        [5, 100],
        [10, 100],
        [15, 100],
        [26, 122],
        [31, 122],
      ]),
    )!;
    expect(series.mgdl[4]).toBeCloseTo(110, 9);
    expect(series.mgdl[5]).toBeCloseTo(120, 9);
  });

  it.each([
    { every: 1, step: 300 },
    { every: 5, step: 300 },
    { every: 15, step: 900 },
  ])('takes the step of a sensor that reports every $every min', ({ every, step }) => {
    const pairs = Array.from({ length: 200 }, (_, t) => [t * every, 100 + (t % 7)] as const);
    const series = evenSeriesOf(readings(pairs))!;
    expect(series.stepSeconds).toBe(step);
    expect(series.mgdl.every(Number.isFinite)).toBe(true);
    expect(samplesOf(series, 180)).toBe(10_800 / step);
  });

  it('knows mmol/L, and where the sensor was at its limit', () => {
    const series = evenSeriesOf(
      readings(
        [
          [0, 5.5],
          [5, 5.5],
          [10, 27.8],
        ],
        FLAG_MMOL | FLAG_CENSORED_HIGH,
      ),
    )!;
    expect(series.mgdl[0]).toBeCloseTo(99.1, 1);
    expect(windowFacts(series, 0, 3)).toMatchObject({ isCensored: true, isFlat: false });
  });

  it('has no step longer than what is bridged, since readings further apart say nothing of the time between', () => {
    const hourly = Array.from({ length: 50 }, (_, t) => [t * 60, 100] as const);
    expect(evenSeriesOf(readings(hourly))!.stepSeconds).toBe(1_200);
  });

  it('is nothing for fewer than two readings', () => {
    expect(evenSeriesOf(readings([]))).toBeNull();
    expect(evenSeriesOf(readings([[0, 100]]))).toBeNull();
  });
});

describe('days like this one', () => {
  const meal = (level: number, height: number): number[] =>
    Array.from({ length: 36 }, (_, t) => level + height * Math.exp(-((t - 15) ** 2) / 40));
  const noise = walk(600, 3).map((value) => 0.3 * value);
  const series = even(
    noise.map((value, t) => {
      if (t >= 100 && t < 136) return meal(100, 80)[t - 100]!;
      if (t >= 300 && t < 336) return meal(220, 40)[t - 300]!;
      return t >= 450 && t < 486 ? meal(110, 80)[t - 450]! : 120 + value;
    }),
  );

  it('are those of the same shape, with what the shape leaves out', () => {
    const found = similarWindows(series, 100, 36, 2);
    expect(found.map(({ from }) => (from - START) / 300).sort((a, b) => a - b)).toEqual([300, 450]);
    const high = found.find(({ from }) => from === START + 300 * 300)!;
    expect(high.likeness).toBeCloseTo(1, 6);
    expect(high.levelDifferenceMgdl).toBeGreaterThan(90);
    expect(high.amplitudeMgdl).toBeCloseTo(40, 0);
  });

  it('or those of the same glucose, level included', () => {
    const [first] = similarWindows(series, 100, 36, 1, 'plain');
    expect((first!.from - START) / 300).toBe(450);
    expect(first!.differenceMgdl).toBeCloseTo(10, 6);
  });

  it('share no sample with it, and are no constants, which have no shape', () => {
    const plateau = even([...series.mgdl, ...Array.from({ length: 120 }, () => 250)]);
    const found = similarWindows(plateau, 100, 36, 100);
    expect(found.every(({ from }) => Math.abs((from - START) / 300 - 100) >= 36)).toBe(true);
    expect(found.some(({ amplitudeMgdl }) => amplitudeMgdl === 0)).toBe(false);
    expect(
      similarWindows(plateau, 100, 36, 100, 'plain').find(({ amplitudeMgdl }) => amplitudeMgdl === 0),
    ).toMatchObject({
      likeness: null,
    });
    for (const { isFlat, likeness } of found) expect(likeness === null).toBe(isFlat);
  });

  it('name what cannot be looked for', () => {
    const gap = even([...walk(50, 1), Number.NaN, ...walk(50, 2)]);
    expect(() => similarWindows(gap, 45, 10, 1)).toThrow(/^index is of a window with a gap/);
    expect(() => similarWindows(gap, 95, 10, 1)).toThrow(/^index /);
    expect(() => similarWindows(gap, 0, 10, 0)).toThrow(/^count /);
  });
});

describe('what recurs and what does not', () => {
  it('needs a week without gaps, and says how much there was', () => {
    expect(findings(walk(1_000, 4))).toEqual({
      status: 'too-little-data',
      completeDays: (1_000 * 300) / 86_400,
      neededDays: 7,
    });
  });

  it('counts the time that is without a gap for as long as a window, once', () => {
    const mgdl = walk(2_000, 4);
    mgdl.fill(Number.NaN, 600, 610);
    // 30 samples between two gaps hold no window.
    mgdl.fill(Number.NaN, 640, 650);
    expect(findings(mgdl)).toMatchObject({ completeDays: ((600 + 1_350) * 300) / 86_400 });
  });

  it('shows a flat day at 300 mg/dL as strange glucose, though no shape is strange about it', () => {
    const mgdl = walk(12 * 288, 6).map((value, t) => {
      if (t >= 2_000 && t < 2_288) return 300 + (t % 2);
      return 120 + 30 * Math.sin((2 * Math.PI * t) / 96) + (value % 5);
    });
    const found = findings(mgdl, 288);
    if (found.status !== 'found') throw new Error(found.status);
    const [strange] = found.strangeLevels;
    expect(strange!.levelMgdl).toBeGreaterThan(290);
    expect(strange).toMatchObject({ isFlat: true });
    expect(strange!.nearest.levelMgdl).toBeLessThan(290);
    for (const { isFlat } of found.strangeShapes) expect(isFlat).toBe(false);
    for (const { places } of found.motifs) expect(places[0]!.isFlat).toBe(false);
  });

  it('finds the shape that a strange one is most like, not a constant that has none, whatever was kept of neighbours', () => {
    const mgdl = Array.from({ length: 8 * 288 }, (_, t) => 120 + 30 * Math.sin((2 * Math.PI * t) / 96) + (t % 7));
    mgdl.fill(400, 1_000, 1_060);
    mgdl.splice(1_600, 36, ...Array.from({ length: 36 }, (_, t) => 150 + 60 * Math.sin(7 * t * t)));
    const found = findings(mgdl);
    if (found.status !== 'found') throw new Error(found.status);
    const [strange] = found.strangeShapes;
    expect((strange!.from - START) / 300).toBeGreaterThan(1_564);
    expect((strange!.from - START) / 300).toBeLessThan(1_636);
    expect(strange!.nearest.amplitudeMgdl).toBeGreaterThan(20);
    expect(strange!.likeness).toBeLessThan(0.5);
    expect(findings(mgdl, 36, 2)).toEqual(found);
  });

  it('tells of a shape at two levels that it is one shape and not one glucose', () => {
    const wave = Array.from({ length: 36 }, (_, t) => 90 * Math.exp(-((t - 12) ** 2) / 50) + 10 * Math.sin(t));
    const mgdl = walk(9 * 288, 14).map((value) => 110 + 1.5 * (value - 120));
    mgdl.splice(500, 36, ...wave.map((value) => 100 + value));
    mgdl.splice(1_500, 36, ...wave.map((value) => 220 + value));
    const found = findings(mgdl);
    if (found.status !== 'found') throw new Error(found.status);
    const [motif] = found.motifs;
    expect(motif!.places.slice(0, 2).map(({ from }) => (from - START) / 300)).toEqual([500, 1_500]);
    expect(motif!.places[1]!.likeness).toBeCloseTo(1, 9);
    expect(motif!.levelSpreadMgdl).toBeGreaterThanOrEqual(119.9);
  });
});
