import type { RuleCode } from '../../src/domain/alerts/settings.js';
import type { Truth } from './simulated-wearers.js';

/** Seconds since the epoch, both ends inside. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const STEP_SECONDS = 300;
const SLOPE_STEPS = 3;

/** Whether something holds for the true glucose at one of its instants. */
type Condition = (truth: Truth, index: number) => boolean;

const below =
  (limit: number): Condition =>
  ({ mgdl }, index) =>
    (mgdl[index] ?? limit) < limit;
const above =
  (limit: number): Condition =>
  ({ mgdl }, index) =>
    (mgdl[index] ?? limit) > limit;

/** Below 150 mg/dL and falling at this rate over a quarter of an hour. */
const fallsBy =
  (mgdlPerMinute: number): Condition =>
  ({ mgdl }, index) =>
    (mgdl[index] ?? 150) < 150 &&
    (mgdl[index - SLOPE_STEPS] ?? 0) - (mgdl[index] ?? 0) >= (mgdlPerMinute * SLOPE_STEPS * STEP_SECONDS) / 60;

export interface RuleTruth {
  readonly condition: Condition;
  /** What every sensor but a bad one sees as well: the condition with 10 mg/dL to spare. */
  readonly plainly?: Condition;
  /** What lasts shorter is no event. */
  readonly leastMinutes: number;
  /** An alert so long before the event belongs to it. */
  readonly aheadMinutes: number;
  /** An alert is false where this holds at no time from a quarter of an hour before it on, and `aheadMinutes` after it. */
  readonly excuse: Condition;
}

/** What each rule with default settings is there to find. Rules that are not here have no event in the simulator. */
export const TRUTHS: { readonly [C in RuleCode]?: RuleTruth } = {
  'urgent-low': { condition: below(54), plainly: below(44), leastMinutes: 15, aheadMinutes: 15, excuse: below(54) },
  low: { condition: below(70), plainly: below(60), leastMinutes: 15, aheadMinutes: 15, excuse: below(70) },
  high: { condition: above(250), plainly: above(260), leastMinutes: 30, aheadMinutes: 15, excuse: above(250) },
  'very-high': { condition: above(300), plainly: above(310), leastMinutes: 75, aheadMinutes: 15, excuse: above(300) },
  'rapid-fall': { condition: fallsBy(3), leastMinutes: 5, aheadMinutes: 20, excuse: fallsBy(2) },
  'predicted-low': { condition: below(55), plainly: below(45), leastMinutes: 15, aheadMinutes: 60, excuse: below(70) },
  'predicted-high': {
    condition: above(250),
    plainly: above(260),
    leastMinutes: 30,
    aheadMinutes: 60,
    excuse: above(235),
  },
};

const GRACE_SECONDS = 15 * 60;

/** The stretches in which a condition holds. Two that are less than a quarter of an hour apart are one. */
export function eventsOf(truth: Truth, { condition, leastMinutes }: RuleTruth): Span[] {
  const events: { from: number; to: number }[] = [];
  for (const [index, at] of truth.instants.entries()) {
    if (!condition(truth, index)) continue;
    const last = events.at(-1);
    if (last && at - last.to < GRACE_SECONDS) last.to = at;
    else events.push({ from: at, to: at });
  }
  return events.filter(({ from, to }) => to - from + STEP_SECONDS >= leastMinutes * 60);
}

/** Whether an event went beyond its threshold by more than sensors err. */
export const isPlain = (truth: Truth, { from, to }: Span, { plainly }: RuleTruth): boolean =>
  plainly !== undefined && truth.instants.some((at, index) => at >= from && at <= to && plainly(truth, index));

export const belongsTo = (event: Span, alert: Span, { aheadMinutes }: RuleTruth): boolean =>
  alert.from <= event.to + GRACE_SECONDS && alert.to >= event.from - aheadMinutes * 60;

/** Whether the truth gives no reason for an alert. */
export function isFalse(truth: Truth, alert: Span, { aheadMinutes, excuse }: RuleTruth): boolean {
  const until = Math.max(alert.to, alert.from + aheadMinutes * 60);
  return !truth.instants.some((at, index) => at >= alert.from - GRACE_SECONDS && at <= until && excuse(truth, index));
}
