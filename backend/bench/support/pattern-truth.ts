import { SLOT_SECONDS, SLOTS, slotsOfHours } from '../../src/domain/patterns/clinical/clinical-day.js';
import { clinicalRecordOf } from '../../src/domain/patterns/clinical/clinical-record.js';
import { lowNights } from '../../src/domain/patterns/clinical/low-nights.js';
import { clockTest } from '../../src/domain/patterns/clinical/clock-test.js';
import { startOfDayAt } from '../../src/domain/time/zone-history.js';
import type { RecordedPerson } from './recorded-people.js';
import type { Truth } from './simulated-wearers.js';

const STEP = 300;
const LOW_SECONDS = 15 * 60;
export const NIGHT_SECONDS = 6 * 3600;

/** Whether something holds for a quarter of an hour on end between two instants. */
export function lastsIn({ instants, mgdl }: Truth, from: number, to: number, below: number): boolean {
  let seconds = 0;
  const first = Math.max(0, Math.floor((from - (instants[0] ?? 0)) / STEP));
  for (let i = first; i < instants.length && (instants[i] ?? 0) < to; i++) {
    if ((instants[i] ?? 0) < from) continue;
    seconds = (mgdl[i] ?? 0) < below ? seconds + STEP : 0;
    if (seconds >= LOW_SECONDS) return true;
  }
  return false;
}

/** The least true glucose between two instants. */
export function leastIn({ instants, mgdl }: Truth, from: number, to: number): number {
  let least = Infinity;
  const first = Math.max(0, Math.floor((from - (instants[0] ?? 0)) / STEP));
  for (let i = first; i < instants.length && (instants[i] ?? 0) < to; i++) {
    if ((instants[i] ?? 0) >= from) least = Math.min(least, mgdl[i] ?? Infinity);
  }
  return least;
}

export interface Night {
  readonly day: number;
  /** Shown by the sensor to have a low, said by the product to have had one, and what is true: below 70 for a quarter of an hour. */
  readonly isShown: boolean;
  readonly isNamed: boolean;
  readonly isLow: boolean;
  /** Below 60; below 80 at some instant. */
  readonly isPlain: boolean;
  readonly isNear: boolean;
}

/** Every night of a measured day, as it was told and as it was. */
export function nightsOf({ history, truth }: RecordedPerson): Night[] {
  const record = clinicalRecordOf(history);
  const named = new Set(lowNights(record).flatMap(({ day, isNamed }) => (isNamed ? [day] : [])));
  return record.days
    .filter(({ isMeasured }) => isMeasured)
    .map(({ day, low }) => {
      const from = startOfDayAt(history.zones, day);
      const to = from + NIGHT_SECONDS;
      return {
        day,
        isShown: low.subarray(0, slotsOfHours(6)).includes(1),
        isNamed: named.has(day),
        isLow: lastsIn(truth, from, to, 70),
        isPlain: lastsIn(truth, from, to, 60),
        isNear: leastIn(truth, from, to) < 80,
      };
    });
}

/** Whether a person's nights have lows by the truth, by the limits of the product, and how many times what any hour would give. */
export function nightLowsOf({ history, truth }: RecordedPerson) {
  const days = clinicalRecordOf(history).days.filter(({ isMeasured }) => isMeasured);
  const lows = days.map(({ day }) => trueLows(truth, startOfDayAt(history.zones, day)));
  const { places, expected } = clockTest(lows, (slot) => slot < slotsOfHours(6), 1);
  const count = places.length;
  return { times: expected > 0 ? count / expected : 0, isTrue: count >= 0.1 * days.length && count >= 1.5 * expected };
}

/** The quarters of an hour of a day that a quarter of an hour or more below 70 touches. */
function trueLows({ instants, mgdl }: Truth, from: number): Uint8Array {
  const slots = new Uint8Array(SLOTS);
  let run: number[] = [];
  const first = Math.max(0, Math.floor((from - (instants[0] ?? 0)) / STEP));
  for (let i = first; i < instants.length && (instants[i] ?? 0) < from + SLOTS * SLOT_SECONDS; i++) {
    if ((mgdl[i] ?? 0) < 70) run.push(Math.floor(((instants[i] ?? 0) - from) / SLOT_SECONDS));
    else run = [];
    if (run.length * STEP >= LOW_SECONDS) for (const slot of run) if (slot >= 0) slots[slot] = 1;
  }
  return slots;
}

/** By how much exercise lowered the lowest hour of the nights after it: the person against themselves without its effect. */
export function exerciseEffect(person: RecordedPerson, without: RecordedPerson): number {
  const { zones, activities } = person.history;
  const days = new Set(activities.map(({ from }) => Math.floor((from + 3_600) / 86_400)));
  const differences = [...days].flatMap((day) => {
    const from = startOfDayAt(zones, day + 1);
    const [own, other] = [person, without].map(({ truth }) => lowestHour(truth, from, from + NIGHT_SECONDS));
    return Number.isFinite(own) && Number.isFinite(other) ? [(own ?? 0) - (other ?? 0)] : [];
  });
  return differences.reduce((sum, value) => sum + value, 0) / differences.length;
}

function lowestHour({ instants, mgdl }: Truth, from: number, to: number): number {
  const first = Math.ceil((from - (instants[0] ?? 0)) / STEP);
  const end = Math.min(mgdl.length, Math.ceil((to - (instants[0] ?? 0)) / STEP));
  let lowest = Infinity;
  for (let i = first; i + 12 <= end; i++) {
    lowest = Math.min(lowest, mgdl.subarray(i, i + 12).reduce((a, b) => a + b, 0) / 12);
  }
  return lowest;
}
