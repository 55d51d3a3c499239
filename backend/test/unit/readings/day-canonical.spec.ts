import { canonicalSeries, type SourcedReading } from '../../../src/domain/glycemia/day-canonical.js';

const START = Date.parse('2026-06-01T10:00:00Z');

/** A reading `seconds` after the start. */
const at = (seconds: number, source = 1, tenths = 1_000): SourcedReading => ({
  at: START + seconds * 1000,
  source,
  tenths,
  flags: 0,
});
const every = (step: number, count: number, source = 1, from = 0) =>
  Array.from({ length: count }, (_, i) => at(from + i * step, source));

const kept = (readings: readonly SourcedReading[], priorities: Record<number, number> = {}) =>
  Array.from(
    canonicalSeries(readings, new Map(Object.entries(priorities).map(([id, priority]) => [Number(id), priority])))
      .instants,
    (instant) => instant - START / 1000,
  );

describe('the canonical series', () => {
  it('has one value per instant, of the preferred source', () => {
    const readings = [at(0, 1, 1_000), at(0, 2, 2_000)];
    expect(
      canonicalSeries(
        readings,
        new Map([
          [1, 50],
          [2, 10],
        ]),
      ).tenths,
    ).toEqual(Int16Array.of(2_000));
    expect(
      canonicalSeries(
        readings,
        new Map([
          [1, 10],
          [2, 50],
        ]),
      ).tenths,
    ).toEqual(Int16Array.of(1_000));
    expect(canonicalSeries(readings, new Map()).tenths).toEqual(Int16Array.of(1_000));
  });

  it('stays with the device that reported first, and takes another one where that fell silent', () => {
    const readings = [...every(300, 3), ...every(300, 5, 2, 120)];
    expect(kept(readings)).toEqual([0, 300, 600, 1_020, 1_320]);
  });

  it.each([
    [60, 49, false],
    [60, 50, true],
    [300, 289, false],
    [300, 290, true],
    [900, 889, false],
    [900, 890, true],
  ])('at a %d s step keeps a repeat after %d s: %s', (step, seconds, isKept) => {
    const run = every(step, 10);
    const last = (run.at(-1)?.at ?? 0) / 1000 - START / 1000;
    expect(kept([...run, at(last + seconds)]).includes(last + seconds)).toBe(isKept);
  });

  it('does not depend on the order of arrival', () => {
    const readings = [...every(300, 50), ...every(60, 100, 2, 31), ...every(900, 10, 3, 7)];
    const shuffled = [...readings].sort(
      (a, b) => ((a.at * 7 + a.source * 13) % 101) - ((b.at * 7 + b.source * 13) % 101),
    );
    expect(kept(shuffled)).toEqual(kept(readings));
  });

  it('of nothing is nothing', () => expect(kept([])).toEqual([]));
});
