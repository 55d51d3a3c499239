import { difference, glucoseInterval, level } from '../glycemia/glucose-words.js';
import { interval, rounded } from '../statistics/interval-words.js';
import { normalQuantile } from '../statistics/normal.js';
import { tCritical } from '../statistics/student-t.js';
import type { Finding, Trial } from './finding.js';
import type { Influence } from './influences.js';

interface ExposureWords {
  readonly amount: number;
  readonly unit: string;
  readonly more: string;
  /** What chance decides; null where a trial would mean to change a treatment. */
  readonly trial: string | null;
  /** Days from the coin to the day that the exposure is noted on: sleep is that of the day on which it ends. */
  readonly notedAfter: number;
}

const EXPOSURES: Readonly<Record<string, ExposureWords>> = {
  exercise: {
    amount: 30,
    unit: 'minutes',
    more: '30 minutes more exercise',
    trial: 'let a coin decide each morning whether the day has half an hour of exercise or none',
    notedAfter: 0,
  },
  sleep: {
    amount: 1,
    unit: 'hours',
    more: 'an hour more sleep',
    trial: 'let a coin decide each afternoon whether to go to bed an hour earlier than usual',
    notedAfter: 1,
  },
  carbs: {
    amount: 50,
    unit: 'g',
    more: '50 g more carbohydrate',
    trial: 'let a coin decide each morning between two menus, of which one has 50 g less carbohydrate',
    notedAfter: 0,
  },
  insulin: { amount: 5, unit: 'U', more: '5 U more insulin', trial: null, notedAfter: 0 },
};

const OUTCOMES: Readonly<Record<string, { readonly words: string; readonly unit: Finding['effect']['unit'] }>> = {
  meanGlucose: { words: 'mean glucose', unit: 'mg/dL' },
  timeInRange: { words: 'time in range', unit: 'percentage points' },
  timeBelow70: { words: `time below ${level(70)}`, unit: 'percentage points' },
};

const CAUTION = 'This is an association in what was recorded, not a proof of cause, and no advice on any dose.';
/** Two-sided 5 %, power 80 %. */
const [TEST, POWER] = [0.975, 0.8];
const LEAST_DAYS = 7;

/** A finding about days, in words; null for a variable that has none. */
export function dailyFinding({ exposure, outcome, lag, adjustedP, effect }: Influence): Finding | null {
  const what = EXPOSURES[exposure];
  const where = OUTCOMES[outcome];
  if (!what || !where) return null;
  const [low = 0, high = 0] = [effect.low * what.amount, effect.high * what.amount];
  const value = effect.slope * what.amount;
  const { stability, samples } = effect;
  const isGlucose = where.unit === 'mg/dL';
  const by = isGlucose ? difference(value) : `${rounded(Math.abs(value))} ${where.unit}`;
  const size = `${by} ${value < 0 ? 'lower' : 'higher'}`;
  const range = (isGlucose ? glucoseInterval : interval)({ low, high });
  const seen = `${samples} days could be compared; drawn anew in blocks, ${Math.round(100 * stability.sameSign)} of 100 samples point the same way`;
  return {
    exposure,
    outcome,
    lag,
    per: { amount: what.amount, unit: what.unit },
    effect: { value, low, high, unit: where.unit },
    samples,
    adjustedP,
    stability,
    text: `${daysMeant(lag)} with ${what.more}, ${where.words} was ${size} (${range}), all else that was noted being equal. ${seen}. ${CAUTION}`,
    trial: trialOf(what, where.words, lag, effect.outcomeSd / Math.abs(value)),
  };
}

function daysMeant(lag: number): string {
  if (lag === 0) return 'On days';
  return lag === 1 ? 'On the day after days' : `${lag} days after days`;
}

/** @param spread what days differ by anyway, for each unit of the difference that is looked for. */
function trialOf(what: ExposureWords, outcome: string, lag: number, spread: number): Trial | null {
  if (what.trial === null) return null;
  const days = daysOfEachKind(spread);
  const text = `To find out, agree with your care team first, then ${what.trial}, and change nothing else on purpose. After about ${days} days of each kind, compare ${outcome} ${dayCompared(lag + what.notedAfter)} between the two; keep what you carry against lows at hand throughout.`;
  return { daysOfEachKind: days, text };
}

/**
 * 2 (t + t)² (σ / δ)², of days that are compared as they are: nothing is taken out of them as it was out of what was found.
 * The t distribution has two degrees of freedom less than there are days, which are first counted by the normal one.
 */
function daysOfEachKind(spread: number): number {
  const days = (test: number, power: number) => Math.max(LEAST_DAYS, Math.ceil(2 * ((test + power) * spread) ** 2));
  const freedom = 2 * days(normalQuantile(TEST), normalQuantile(POWER)) - 2;
  return days(tCritical(2 * (1 - TEST), freedom), tCritical(2 * (1 - POWER), freedom));
}

function dayCompared(daysLater: number): string {
  if (daysLater === 0) return 'of these days';
  return daysLater === 1 ? 'of the day after each' : `of the day ${daysLater} days after each`;
}
