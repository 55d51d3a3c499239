import { secondOfDay } from '../../time/zone.js';
import { localDayAt, wallClockAt } from '../../time/zone-history.js';
import type { EvenSeries } from '../time-axis/even-series.js';
import { type Candidate, unanswered } from './candidate.js';
import { SLOT_SECONDS, SLOTS, slotsOfHours } from './clinical-day.js';
import type { ClinicalRecord } from './clinical-record.js';
import { CLOCK_TEST, clockTest } from './clock-test.js';
import type { Low } from './lows.js';
import { DAYS_NEEDED } from './needed.js';

const MINUTE = 60;
/** A rise as of a meal: so much within so long. */
const RISE_MGDL = 60;
const RISE_SECONDS = 90 * MINUTE;
const SOON_MGDL = 15;
const SOON_SECONDS = 30 * MINUTE;
const APART_SECONDS = 3 * 3600;
/** What is eaten against a low raises glucose too, and needs no bolus. */
const AFTER_LOW_SECONDS = 90 * MINUTE;
const BOLUS_SECONDS = 45 * MINUTE;
const [AWAKE_FROM, AWAKE_TO] = [6, 22];
const LEAST_COUNT = 3;

/** Rises like those of meals without a bolus close by, at hours at which people eat against hours at which they sleep. */
export function missedBolus({ history, even, days, lows }: ClinicalRecord): Candidate[] {
  const { zones } = history;
  const boluses = history.doses.filter(({ type }) => type !== 'basal').map(({ instant }) => instant);
  // A day without any bolus is a day on which nobody noted one.
  const noted = new Set(boluses.map((instant) => localDayAt(zones, instant)));
  const kept = days.filter(({ day, isMeasured }) => isMeasured && noted.has(day));
  if (!even || kept.length < DAYS_NEEDED) {
    const missing = `${kept.length} days of glucose with a noted bolus, ${DAYS_NEEDED} are needed`;
    return [unanswered('missed-bolus', missing)];
  }
  const happened = new Map(kept.map(({ day }) => [day, new Uint8Array(SLOTS)]));
  const rises = risesOf(even, lows).flatMap((at) => {
    const day = localDayAt(zones, at);
    const slot = Math.floor(secondOfDay(wallClockAt(zones, at)) / SLOT_SECONDS);
    const isMissed = !boluses.some((instant) => Math.abs(instant - at) <= BOLUS_SECONDS);
    const slots = happened.get(day);
    if (slots && isMissed) slots[slot] = 1;
    return slots ? [{ at, day, isMissed, isAwake: isWithin(slot) }] : [];
  });
  const { places, expected, p } = clockTest([...happened.values()], isWithin, 6);
  const awake = rises.filter(({ isAwake }) => isAwake);
  const missed = awake.filter(({ isMissed }) => isMissed);
  return [
    {
      status: 'judged',
      kind: 'missed-bolus',
      part: null,
      sightings: missed.map(({ day, at }) => ({ day, at })),
      of: awake.length,
      unit: 'rises',
      expected: null,
      test: CLOCK_TEST,
      p,
      matters: missed.length >= LEAST_COUNT,
      effect: {
        value: (100 * (places.length - expected)) / kept.length,
        low: null,
        high: null,
        unit: 'percentage points',
      },
      text: `Of ${awake.length} rises like those of meals from ${AWAKE_FROM}:00 to ${AWAKE_TO}:00, ${missed.length} had no bolus noted within ${BOLUS_SECONDS / MINUTE} minutes; they came on ${places.length} of ${kept.length} days, where about ${Math.round(expected)} would be expected if such rises came at any hour alike.`,
      isNot:
        'Not told apart from a bolus that was given and not noted, nor from stress, exercise or food that needed none.',
    },
  ];
}

const isWithin = (slot: number): boolean => slot >= slotsOfHours(AWAKE_FROM) && slot < slotsOfHours(AWAKE_TO);

/** Where rises like those of meals begin, seconds since the epoch. */
function risesOf({ from, stepSeconds, mgdl }: EvenSeries, lows: readonly Low[]): number[] {
  const steps = Math.round(RISE_SECONDS / stepSeconds);
  const soon = Math.round(SOON_SECONDS / stepSeconds);
  const found: number[] = [];
  for (let t = 0; t + steps < mgdl.length; t++) {
    const at = from + t * stepSeconds;
    if (at - (found.at(-1) ?? -Infinity) < APART_SECONDS) continue;
    // It begins where it goes up at once, not in the level hour before.
    const begins = (mgdl[t + soon] ?? 0) - (mgdl[t] ?? Infinity) >= SOON_MGDL;
    if (!begins || !risesBy(mgdl, t, steps)) continue;
    if (!lows.some((low) => low.from <= at && low.until >= at - AFTER_LOW_SECONDS)) found.push(at);
  }
  return found;
}

function risesBy(mgdl: Float64Array, t: number, steps: number): boolean {
  for (let k = 1; k <= steps; k++) if ((mgdl[t + k] ?? 0) - (mgdl[t] ?? Infinity) >= RISE_MGDL) return true;
  return false;
}
