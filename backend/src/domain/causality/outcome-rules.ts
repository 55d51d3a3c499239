import { benjaminiHochberg } from '../statistics/false-discovery.js';
import { normalQuantile } from '../statistics/normal.js';
import { type AssociationRule, associationRules } from './association-rules.js';
import type { DayItems } from './day-items.js';
import { frequentItemsets } from './frequent-itemsets.js';
import { correlateAtLags } from './lagged-correlation.js';

export interface OutcomeRuleOptions {
  /** Share of the days, from the first on, in which rules are looked for; the rest tests them. */
  readonly learnShare: number;
  readonly minSupport: number;
  readonly minLift: number;
  readonly mostConditions: number;
  readonly falseDiscoveryRate: number;
}

export const OUTCOME_RULE_DEFAULTS: OutcomeRuleOptions = {
  learnShare: 0.6,
  minSupport: 0.1,
  minLift: 1.2,
  mostConditions: 2,
  falseDiscoveryRate: 0.05,
};

/** A rule that held on days it was not found in. Shares 0..1. */
export interface OutcomeRule {
  /** With the metrics of the days in which it was found. */
  readonly learned: AssociationRule;
  readonly tested: {
    readonly days: number;
    readonly daysWithConditions: number;
    /** Share of the days with the conditions that had the outcome, and of the days without them. */
    readonly shareWith: number;
    readonly shareWithout: number;
    /** Difference of the two with its 95 % interval (Agresti and Caffo 2000, on the effective number of days). */
    readonly difference: { readonly value: number; readonly low: number; readonly high: number };
    readonly adjustedP: number;
  };
}

export type OutcomeRules =
  | { readonly status: 'done'; readonly rules: readonly OutcomeRule[]; readonly candidates: number }
  | { readonly status: 'too-little-data'; readonly missing: readonly string[] };

/** Days of either part below which nothing is looked for. */
const LEAST_DAYS_OF_A_PART = 20;
/** Days with, and days without the conditions that a test needs. */
const LEAST_DAYS_OF_A_KIND = 5;

/**
 * Rules from what a day had to how its glucose was, never the other way: mined in the earlier days, tested in the later ones.
 * The test is the correlation of "conditions were there" with "outcome was there", on as many effective days as their own
 * memory leaves, one-sided, adjusted over every rule that was mined.
 */
export function outcomeRules(days: readonly DayItems[], options = OUTCOME_RULE_DEFAULTS): OutcomeRules {
  const known = days.filter(({ outcomes }) => outcomes !== null);
  const split = Math.floor(known.length * options.learnShare);
  const [learn, test] = [known.slice(0, split), known.slice(split)];
  if (Math.min(learn.length, test.length) < LEAST_DAYS_OF_A_PART) {
    const needed = Math.ceil(LEAST_DAYS_OF_A_PART / Math.min(options.learnShare, 1 - options.learnShare));
    return { status: 'too-little-data', missing: [`${known.length} days with glucose, about ${needed} are needed`] };
  }
  const candidates = mined(learn, options);
  const judged = candidates.flatMap((rule) => judge(rule, test) ?? []);
  const adjusted = benjaminiHochberg(judged.map(({ p }) => p));
  const rules = judged.flatMap(({ rule, p: _, ...tested }, index): OutcomeRule[] => {
    const adjustedP = adjusted[index] ?? 1;
    return adjustedP <= options.falseDiscoveryRate ? [{ learned: rule, tested: { ...tested, adjustedP } }] : [];
  });
  return { status: 'done', rules, candidates: candidates.length };
}

function mined(
  days: readonly DayItems[],
  { minSupport, minLift, mostConditions }: OutcomeRuleOptions,
): AssociationRule[] {
  const conditions = new Set(days.flatMap((day) => day.conditions));
  const transactions = days.map((day) => [...day.conditions, ...(day.outcomes ?? [])]);
  return associationRules(frequentItemsets(transactions, minSupport), {
    metric: 'lift',
    minThreshold: minLift,
    isWanted: (antecedents, consequents) =>
      consequents.length === 1 &&
      !conditions.has(consequents[0] ?? '') &&
      antecedents.length <= mostConditions &&
      antecedents.every((item) => conditions.has(item)),
  });
}

/** A day of which a condition is not known is neither with the conditions nor without, but keeps its place in time. */
function judge(rule: AssociationRule, days: readonly DayItems[]) {
  const parts = rule.antecedents.map((item) => item.slice(0, item.indexOf('=')));
  const has = days.map(({ conditions, unknown }) =>
    parts.some((part) => unknown.includes(part)) ? null : rule.antecedents.every((item) => conditions.includes(item)),
  );
  const gets = days.map((day) => rule.consequents.every((item) => day.outcomes?.includes(item)));
  const daysWithConditions = has.filter((had) => had === true).length;
  const without = has.filter((had) => had === false).length;
  if (Math.min(daysWithConditions, without) < LEAST_DAYS_OF_A_KIND) return null;
  const both = gets.filter((got, index) => got && has[index] === true).length;
  const only = gets.filter((got, index) => got && has[index] === false).length;
  const [relation] = correlateAtLags(
    Float64Array.from(has, (had) => (had === null ? Number.NaN : Number(had))),
    Float64Array.from(gets, Number),
    0,
  );
  if (!relation) return null;
  return {
    rule,
    p: relation.correlation > 0 ? relation.p / 2 : 1 - relation.p / 2,
    days: daysWithConditions + without,
    daysWithConditions,
    shareWith: both / daysWithConditions,
    shareWithout: only / without,
    difference: difference(both, daysWithConditions, only, without, relation.effectiveSamples / relation.samples),
  };
}

/** Difference of two shares, one success and one failure added to each, counts scaled to what they are worth. */
function difference(both: number, withConditions: number, only: number, without: number, worth: number) {
  const part = (successes: number, count: number) => {
    const days = count * worth + 2;
    const share = (successes * worth + 1) / days;
    return { share, variance: (share * (1 - share)) / days };
  };
  const [a, b] = [part(both, withConditions), part(only, without)];
  const margin = normalQuantile(0.975) * Math.sqrt(a.variance + b.variance);
  const middle = a.share - b.share;
  return { value: both / withConditions - only / without, low: middle - margin, high: middle + margin };
}
