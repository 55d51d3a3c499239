import { incompleteBeta } from '../../../src/domain/statistics/incomplete-beta.js';
import { normalQuantile, normalSurvival } from '../../../src/domain/statistics/normal.js';
import { correlationP, tCritical, tTwoSidedP } from '../../../src/domain/statistics/student-t.js';

const relative = (value: number, wanted: number) => Math.abs(value / wanted - 1);

describe('Student’s t', () => {
  const ts = [1e-8, 0.01, 0.3, 1, 1.96, 4, 17, 300, 1e6];

  it.each(ts)('t = %d has the closed forms of one and of two degrees of freedom', (t) => {
    expect(relative(tTwoSidedP(t, 1), (2 / Math.PI) * Math.atan(1 / t))).toBeLessThan(1e-11);
    const root = Math.sqrt(2 + t * t);
    expect(relative(tTwoSidedP(t, 2), 2 / (root * (root + t)))).toBeLessThan(1e-11);
  });

  it('keeps its digits far out in the tail', () => {
    // From mpmath at 50 digits: betainc(250, 1/2, 0, 500/2100).
    expect(relative(tTwoSidedP(40, 500), 6.29064291825824e-158)).toBeLessThan(1e-10);
  });

  it('is the test of a correlation', () => {
    const r = 0.3;
    const t = r * Math.sqrt(98 / (1 - r * r));
    expect(relative(correlationP(r, 98), tTwoSidedP(t, 98))).toBeLessThan(1e-12);
    expect(correlationP(1, 10)).toBe(0);
    expect(correlationP(0, 10)).toBe(1);
    expect(correlationP(0.5, 0)).toBeNaN();
  });

  it.each([1, 2, 7, 100, 2000])('has the critical value that its own p-value gives back, df = %d', (df) => {
    for (const p of [0.5, 0.05, 1e-3, 1e-9]) expect(relative(tTwoSidedP(tCritical(p, df), df), p)).toBeLessThan(1e-9);
  });
});

describe('incomplete beta', () => {
  it('is a polynomial where its arguments are whole', () => {
    // I_x(2, 3) = 6x² - 8x³ + 3x⁴.
    for (const x of [0.001, 0.2, 0.5, 0.77, 0.999]) {
      expect(relative(incompleteBeta(2, 3, x, 1 - x), x * x * (6 - 8 * x + 3 * x * x))).toBeLessThan(1e-12);
    }
  });

  it('mirrors', () => {
    for (const [a, b, x] of [
      [0.5, 1000, 0.001],
      [300, 0.5, 0.99],
      [12, 15, 0.4],
    ] as const) {
      expect(incompleteBeta(a, b, x, 1 - x) + incompleteBeta(b, a, 1 - x, x)).toBeCloseTo(1, 12);
    }
  });
});

describe('normal', () => {
  it('has the tail of the tables', () => {
    expect(relative(normalSurvival(1.96), 0.024997895148220435)).toBeLessThan(1e-13);
    expect(relative(normalSurvival(10), 7.61985302416047e-24)).toBeLessThan(1e-13);
    expect(normalSurvival(-10)).toBe(1);
  });

  it('has quantiles that lead back', () => {
    for (const p of [1e-12, 0.001, 0.025, 0.3, 0.5])
      expect(relative(normalSurvival(-normalQuantile(p)), p)).toBeLessThan(1e-10);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
  });
});
