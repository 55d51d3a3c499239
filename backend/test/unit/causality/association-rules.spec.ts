import fc from 'fast-check';
import { associationRules } from '../../../src/domain/causality/association-rules.js';
import { frequentItemsets, maximalItemsets } from '../../../src/domain/causality/frequent-itemsets.js';
import { RULE_METRICS } from '../../../src/domain/causality/rule-metrics.js';
import { allSubsets } from '../../../src/domain/causality/subsets.js';

const ITEMS = ['a', 'b', 'c', 'd', 'e', 'f'];
const transactions = fc.array(fc.subarray(ITEMS), { minLength: 1, maxLength: 70 });
const support = fc.constantFrom(0.01, 0.1, 0.25, 0.5, 1);

const countOf = (baskets: string[][], items: readonly string[]) =>
  baskets.filter((basket) => items.every((item) => basket.includes(item))).length;

/** Every subset of every item there is, counted one by one. */
const byBruteForce = (baskets: string[][], minSupport: number) =>
  [...allSubsets(ITEMS)]
    .map((items) => ({ items: [...items], count: countOf(baskets, items) }))
    .filter(({ items, count }) => items.length > 0 && count > 0 && count / baskets.length >= minSupport);

const named = (baskets: string[][], minSupport: number) => {
  const frequent = frequentItemsets(baskets, minSupport);
  return frequent.itemsets.map(({ places, count }) => ({ items: places.map((place) => frequent.items[place]), count }));
};

it('finds the itemsets that counting every subset finds, in the same order', () => {
  fc.assert(
    fc.property(transactions, support, (baskets, minSupport) => {
      expect(named(baskets, minSupport)).toEqual(byBruteForce(baskets, minSupport));
    }),
  );
});

it('calls an itemset maximal where no larger frequent one holds it', () => {
  fc.assert(
    fc.property(transactions, support, (baskets, minSupport) => {
      const frequent = frequentItemsets(baskets, minSupport);
      const holds = (larger: readonly number[], smaller: readonly number[]) =>
        larger.length > smaller.length && smaller.every((place) => larger.includes(place));
      const wanted = frequent.itemsets.filter(
        ({ places }) => !frequent.itemsets.some((other) => holds(other.places, places)),
      );
      expect(maximalItemsets(frequent)).toEqual(wanted);
    }),
  );
});

it('makes every rule whose confidence suffices, with the counts it claims', () => {
  fc.assert(
    fc.property(transactions, fc.constantFrom(0, 0.5, 0.9), (baskets, minThreshold) => {
      const rules = associationRules(frequentItemsets(baskets, 0.2), { metric: 'confidence', minThreshold });
      const seen = rules.map(({ antecedents, consequents }) => `${antecedents.join()}>${consequents.join()}`);
      const wanted = byBruteForce(baskets, 0.2).flatMap(({ items, count }) =>
        [...allSubsets(items)]
          .filter(({ length }) => length > 0 && length < items.length)
          .filter((antecedent) => count / countOf(baskets, antecedent) >= minThreshold - 1e-12)
          .map((antecedent) => `${antecedent.join()}>${items.filter((item) => !antecedent.includes(item)).join()}`),
      );
      expect([...seen].sort()).toEqual(wanted.sort());
      for (const rule of rules) {
        const both = countOf(baskets, [...rule.antecedents, ...rule.consequents]);
        expect(rule.confidence).toBeCloseTo(both / countOf(baskets, rule.antecedents), 12);
        expect(rule.support).toBeCloseTo(both / baskets.length, 12);
        expect(RULE_METRICS.every((metric) => !Number.isNaN(rule[metric]))).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});

it('has nothing to say about no transactions, and about baskets without items', () => {
  expect(frequentItemsets([], 0.1).itemsets).toEqual([]);
  expect(frequentItemsets([[], []], 0.1).itemsets).toEqual([]);
});
