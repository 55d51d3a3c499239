import fc from 'fast-check';
import { benjaminiHochberg, benjaminiYekutieli } from '../../../src/domain/statistics/false-discovery.js';

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

/** As the papers say it: reject the k smallest where k is the largest rank with p(k) <= q k / m. */
function rejected(p: readonly number[], q: number): boolean[] {
  const sorted = [...p].sort((a, b) => a - b);
  let limit = -1;
  for (const [index, value] of sorted.entries()) if (value <= (q * (index + 1)) / p.length) limit = value;
  return p.map((value) => value <= limit);
}

it('rejects what the step-up procedure rejects', () => {
  fc.assert(
    fc.property(pValues, fc.constantFrom(0.013, 0.057, 0.21), (p, q) => {
      expect([...benjaminiHochberg(p)].map((value) => value <= q)).toEqual(rejected(p, q));
    }),
  );
});

it('never makes a p-value smaller, keeps their order and is milder than its form for any dependence', () => {
  fc.assert(
    fc.property(pValues, (p) => {
      const adjusted = benjaminiHochberg(p);
      const strict = benjaminiYekutieli(p);
      for (const [i, value] of p.entries()) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(value);
        expect(strict[i]).toBeGreaterThanOrEqual(adjusted[i] ?? 1);
        for (const [j, other] of p.entries())
          if (value < other) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? 0);
      }
    }),
  );
});
