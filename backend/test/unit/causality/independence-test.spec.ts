import fc from 'fast-check';
import { partialCorrelationTest } from '../../../src/domain/causality/independence-test.js';
import { laggedCorrelations } from '../../../src/domain/causality/lagged-correlations.js';
import { lagged, lagOf, lagSpace, type LagSpace, variableOf } from '../../../src/domain/causality/lagged-variables.js';
import { tTwoSidedP } from '../../../src/domain/statistics/student-t.js';
import { correlation, observed, residuals, simulated, withHoles } from './series.js';

const LINKS = [
  { source: 0, target: 0, lag: 1, weight: 0.7 },
  { source: 0, target: 1, lag: 2, weight: 0.5 },
  { source: 1, target: 2, lag: 1, weight: -0.4 },
];

/** The column of a lagged variable on the steps at which all of `nodes` are present. */
function columnsOf(rows: ReadonlyArray<ReadonlyArray<number | null>>, space: LagSpace, nodes: readonly number[]) {
  const steps = rows.map((_, t) => t).filter((t) => t >= 2 * space.maxLag);
  const at = (t: number, node: number) => rows[t - lagOf(space, node)]?.[variableOf(space, node)] ?? null;
  const kept = steps.filter((t) => nodes.every((node) => at(t, node) !== null));
  return nodes.map((node) => kept.map((t) => at(t, node) ?? Number.NaN));
}

describe('partial correlation', () => {
  const space = lagSpace(3, 3);
  const nodes = fc.uniqueArray(fc.nat({ max: 3 * space.span - 1 }), { minLength: 2, maxLength: 8 });

  it.each([0, 0.1])('is the correlation of least-squares residuals, %d of the values missing', (share) => {
    fc.assert(
      fc.property(nodes, fc.nat({ max: 50 }), ([x = 0, y = 0, ...conditions], seed) => {
        const rows = withHoles(simulated(3, 120, LINKS, seed), share, seed);
        const found = partialCorrelationTest(observed(rows), space).test(x, y, conditions);
        const [xs = [], ys = [], ...others] = columnsOf(rows, space, [x, y, ...conditions]);
        const r = correlation(residuals(xs, others), residuals(ys, others));
        const df = xs.length - 2 - conditions.length;
        expect(found.samples).toBe(xs.length);
        expect(found.value).toBeCloseTo(r, 11);
        expect(found.p).toBeCloseTo(tTwoSidedP(r * Math.sqrt(df / (1 - r * r)), df), 10);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps its digits where values are large and hardly change', () => {
    const rows = simulated(3, 300, LINKS, 4);
    const shifted = rows.map(([a = 0, b = 0, c = 0]) => [1e6 + a, 1e-9 * b, 5e8 + 1e3 * c]);
    const conditions = [lagged(space, 0, 1), lagged(space, 2, 1)];
    const [x, y] = [lagged(space, 0, 2), lagged(space, 1, 0)];
    const plain = partialCorrelationTest(observed(rows), space).test(x, y, conditions);
    const large = partialCorrelationTest(observed(shifted), space).test(x, y, conditions);
    expect(large.value).toBeCloseTo(plain.value, 8);
  });

  it('is not disturbed by one huge value before the window', () => {
    const rows = simulated(3, 300, LINKS, 5);
    const spoiled = rows.map((row, t) => (t === 0 ? [1e9, ...row.slice(1)] : row));
    const [x, y] = [lagged(space, 0, 2), lagged(space, 1, 0)];
    const clean = partialCorrelationTest(observed(rows), space).test(x, y, []);
    expect(partialCorrelationTest(observed(spoiled), space).test(x, y, []).value).toBeCloseTo(clean.value, 6);
  });

  it('passes over a condition that the others explain, and finds nothing left where they explain the variable', () => {
    const rows = simulated(2, 200, [], 6).map(([a = 0, b = 0]) => [a, b, 2 * a + 1]);
    const test = partialCorrelationTest(observed(rows), space);
    const [a, b, twin] = [lagged(space, 0, 0), lagged(space, 1, 0), lagged(space, 2, 0)];
    const other = lagged(space, 1, 1);
    expect(test.test(other, b, [a, twin]).value).toBeCloseTo(test.test(other, b, [a]).value, 12);
    expect(test.test(twin, b, [a])).toMatchObject({ value: 0, p: 1 });
    expect(test.test(b, twin, [a])).toMatchObject({ value: 0, p: 1 });
    expect(test.test(a, twin, [])).toMatchObject({ value: 1, p: 0 });
  });

  it('says nothing where no degree of freedom is left', () => {
    const rows = simulated(3, 10, LINKS, 7);
    const conditions = [3, 5, 8].map((node) => node);
    expect(partialCorrelationTest(observed(rows), space).test(0, 7, conditions)).toMatchObject({ value: 0, p: 1 });
  });
});

describe('lagged correlations', () => {
  it.each([
    [200, 3],
    [30, 7],
    [16, 7],
  ])('over %d steps and lags to %d are the correlations of the columns', (steps, maxLag) => {
    const space = lagSpace(3, maxLag);
    const rows = simulated(3, steps, LINKS, 8);
    const matrix = laggedCorrelations(observed(rows), space);
    const size = 3 * space.span;
    const columns = columnsOf(
      rows,
      space,
      Array.from({ length: size }, (_, node) => node),
    );
    for (const [i, a] of columns.entries()) {
      for (const [j, b] of columns.entries()) expect(matrix[i * size + j]).toBeCloseTo(correlation(a, b), 12);
    }
  });

  it('are zero for a lagged variable that does not change within its window, though it does elsewhere', () => {
    const space = lagSpace(2, 1);
    // The second variable moves in the last step alone: seen at lag 0, constant at lags 1 and 2.
    const rows = simulated(1, 50, [], 9).map(([a = 0], t) => [a, t === 49 ? 1 : 0]);
    const matrix = laggedCorrelations(observed(rows), space);
    const diagonal = Array.from({ length: 6 }, (_, node) => matrix[node * 7]);
    expect(diagonal).toEqual([1, 1, 1, 1, 0, 0]);
    expect(matrix.every((value) => Number.isFinite(value))).toBe(true);
  });
});
