import { compareInOrder, comparePlaces, type FrequentItemsets } from './frequent-itemsets.js';
import { type RuleMetric, ruleMetrics, type RuleMetrics } from './rule-metrics.js';

export interface AssociationRule extends RuleMetrics {
  readonly antecedents: readonly string[];
  readonly consequents: readonly string[];
}

export interface RuleOptions {
  /** Rules whose `metric` is below `minThreshold` are left out. */
  readonly metric: RuleMetric;
  readonly minThreshold: number;
  /** Asked before a rule is made, with sorted items; default: every split of an itemset makes a rule. */
  readonly isWanted?: (antecedents: readonly string[], consequents: readonly string[]) => boolean;
}

/**
 * Every rule A → C whose items together are frequent (Agrawal and Srikant 1994), with all metrics. Shorter antecedents
 * first, then by the items of the antecedent, then of the consequent.
 */
export function associationRules(frequent: FrequentItemsets, options: RuleOptions): AssociationRule[] {
  const { items, itemsets, transactions } = frequent;
  const { metric, minThreshold, isWanted = () => true } = options;
  const counts = new Map(itemsets.map(({ places, count }) => [places.join(), count]));
  const shareOf = (places: readonly number[]) => (counts.get(places.join()) ?? 0) / transactions;
  const names = (places: readonly number[]) => places.map((place) => items[place]!);
  const found: Array<{ a: readonly number[]; c: readonly number[]; rule: AssociationRule }> = [];
  for (const { places, count } of itemsets) {
    for (let chosen = 1; chosen < 2 ** places.length - 1; chosen++) {
      const a = places.filter((_, at) => (chosen >>> at) & 1);
      const c = places.filter((_, at) => !((chosen >>> at) & 1));
      const antecedents = names(a);
      const consequents = names(c);
      if (!isWanted(antecedents, consequents)) continue;
      const metrics = ruleMetrics(shareOf(a), shareOf(c), count / transactions);
      if (metrics[metric] >= minThreshold) found.push({ a, c, rule: { antecedents, consequents, ...metrics } });
    }
  }
  return found
    .sort((left, right) => comparePlaces(left.a, right.a) || compareInOrder(left.c, right.c))
    .map(({ rule }) => rule);
}
