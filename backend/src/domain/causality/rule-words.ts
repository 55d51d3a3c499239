import { level } from '../glycemia/glucose-words.js';
import type { OutcomeRule } from './outcome-rules.js';

const CONDITIONS: Readonly<Record<string, string>> = {
  'exercise=yes': 'exercise',
  'exercise=no': 'no exercise',
};
/** `sleep=little`: the thirds are those of the person's own days. */
const THIRDS: Readonly<Record<string, string>> = { little: 'the least third of', much: 'the most third of' };

const OUTCOMES: Readonly<Record<string, string>> = {
  'timeBelow70>=4': `at least 4 % of the day was below ${level(70)}`,
  'timeInRange<70': 'less than 70 % of the day was in range',
};

/** A rule as a sentence: what was seen on days that it was not found in. */
export function ruleInWords({ learned, tested }: OutcomeRule): string {
  const conditions = learned.antecedents.map(conditionInWords).join(' and ');
  const outcome = learned.consequents.map((item) => OUTCOMES[item] ?? item).join(' and ');
  const { days, daysWithConditions: withThem, shareWith, shareWithout, difference } = tested;
  const [have, lack] = [Math.round(shareWith * withThem), Math.round(shareWithout * (days - withThem))];
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(100 * share).toFixed(0)}`;
  return (
    `On ${have} of ${withThem} days with ${conditions}, ${outcome}; on ${lack} of ${days - withThem} days without. ` +
    `Difference ${points(difference.value)} percentage points (95 % interval ${points(difference.low)} to ` +
    `${points(difference.high)}), on days after those in which it was found. ` +
    'This is an association in what was recorded, not a proof of cause, and no advice on any dose.'
  );
}

function conditionInWords(item: string): string {
  const [what = item, third = ''] = item.split('=');
  const words = THIRDS[third];
  return CONDITIONS[item] ?? (words ? `${words} ${what}` : item);
}
