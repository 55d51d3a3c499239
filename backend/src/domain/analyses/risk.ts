import type { PersonHistory } from '../causality/person-history.js';
import { dayLowsOf } from '../patterns/risk/day-lows.js';
import { AHEAD_DAYS, BEFORE_DAYS, type LowRisk, lowRisks, RISKS } from '../patterns/risk/low-risk.js';
import type { AnalysisWindow } from './coverage.js';
import { localDaysOf } from './local-days.js';

/** Events among real people below which nothing is known of how well a chance holds. */
const EVENTS_NEEDED = 10;

/** How likely the fortnight after a window brings more lows than goals allow, in words and numbers. */
export function risk(history: PersonHistory, window: AnalysisWindow) {
  const [, lastDay] = localDaysOf(history, window);
  const found = lowRisks(dayLowsOf(history.glucose, history.zones), lastDay);
  if (found.status !== 'done') return found;
  return {
    ...found,
    risks: found.risks.map((one) => ({ ...one, text: textOf(one, found.measuredDays), trust: trustOf(one) })),
    isNot:
      'Not a forecast of single lows and no advice on any dose: what a change of treatment would do, it cannot know.',
  };
}

function textOf({ name, chance, reasons }: LowRisk, measuredDays: number): string {
  const said = (raises: boolean) => reasons.filter((one) => one.raises === raises).map(({ text }) => text);
  const [up, down] = [said(true).join(', '), said(false).join(', ')];
  const why = [up && `raised by ${up}`, down && `lowered by ${down}`].filter(Boolean).join('; ');
  return `The chance that the next ${AHEAD_DAYS} days have ${RISKS[name].words} is ${percent(chance)}: ${why}, in ${measuredDays} measured days of the last ${BEFORE_DAYS}.`;
}

function trustOf({ heldOut: { people, fortnights, events, expected } }: LowRisk): string {
  const seen = `In ${fortnights} fortnights of ${people} real people whom the model had not seen it came ${events} times, where it expected ${expected.toFixed(0)}`;
  return events < EVENTS_NEEDED
    ? `${seen}: too few to know how well it holds. It rests on simulated people.`
    : `${seen}. Few people: it rests on simulated ones for the most part.`;
}

/** By fives: more is not known. */
const percent = (chance: number): string =>
  chance < 0.05 ? 'under 5 %' : chance > 0.95 ? 'over 95 %' : `about ${5 * Math.round(20 * chance)} %`;
