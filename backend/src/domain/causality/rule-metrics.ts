/**
 * How strongly an antecedent A goes with a consequent C. Supports and confidence are shares of transactions, 0..1.
 * The names are those of mlxtend, whose definitions these are (Raschka 2018, 10.21105/joss.00638).
 */
export interface RuleMetrics {
  readonly 'antecedent support': number;
  readonly 'consequent support': number;
  readonly support: number;
  /** P(C | A). */
  readonly confidence: number;
  /** P(C | A) / P(C); 1 where they are independent (Brin et al. 1997). */
  readonly lift: number;
  /** Share of transactions that say something about the rule; all of them do here. */
  readonly representativity: number;
  /** P(A, C) - P(A) P(C) (Piatetsky-Shapiro 1991). */
  readonly leverage: number;
  /** (1 - P(C)) / (1 - P(C | A)); Infinity where C always follows (Brin et al. 1997). */
  readonly conviction: number;
  /** -1..1, 0 where independent (Zhang 2002). */
  readonly zhangs_metric: number;
  readonly jaccard: number;
  /** Share of the doubt about C that A removes, -∞..1; 0 where C always holds. */
  readonly certainty: number;
  /** Mean of P(C | A) and P(A | C). */
  readonly kulczynski: number;
}

export type RuleMetric = keyof RuleMetrics;

export const RULE_METRICS: readonly RuleMetric[] = [
  'antecedent support',
  'consequent support',
  'support',
  'confidence',
  'lift',
  'representativity',
  'leverage',
  'conviction',
  'zhangs_metric',
  'jaccard',
  'certainty',
  'kulczynski',
];

/** The twelve metrics from the shares of transactions that hold A, C and both; none of the three is 0. */
export function ruleMetrics(antecedent: number, consequent: number, both: number): RuleMetrics {
  const confidence = both / antecedent;
  const leverage = both - antecedent * consequent;
  const zhangScale = Math.max(both * (1 - antecedent), antecedent * (consequent - both));
  const doubt = 1 - consequent;
  return {
    'antecedent support': antecedent,
    'consequent support': consequent,
    support: both,
    confidence,
    lift: confidence / consequent,
    representativity: 1,
    leverage,
    conviction: confidence === 1 ? Number.POSITIVE_INFINITY : doubt / (1 - confidence),
    zhangs_metric: zhangScale === 0 ? 0 : leverage / zhangScale,
    jaccard: both / (antecedent + consequent - both),
    certainty: doubt === 0 ? 0 : (confidence - consequent) / doubt,
    kulczynski: (confidence + both / consequent) / 2,
  };
}
