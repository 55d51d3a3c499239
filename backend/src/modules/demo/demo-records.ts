import type { SimulatedActivity, SimulatedDose, SimulatedMeal, SimulatedSleep } from '../../domain/simulator/events.js';
import type { RecordInput } from '../records/record-kinds.js';

const SOURCE = 'demo';

const instantText = (seconds: number): string => new Date(seconds * 1000).toISOString();

const minutesBetween = ({ from, until }: { from: number; until: number }): number => Math.round((until - from) / 60);

/** Names by instant and rank within it: all that happens in one step of a simulation arrives together and in order. */
function withIds<T, R>(
  events: readonly T[],
  startOf: (event: T) => number,
  toRecord: (event: T, id: Identity) => R,
): R[] {
  let rank = 0;
  return events.map((event, i) => {
    const before = events[i - 1];
    const start = startOf(event);
    rank = before !== undefined && startOf(before) === start ? rank + 1 : 0;
    return toRecord(event, { clientId: `demo-${start}-${rank}`, startsAt: instantText(start) });
  });
}

interface Identity {
  readonly clientId: string;
  readonly startsAt: string;
}

export const doseRecords = (doses: readonly SimulatedDose[]): RecordInput<'insulin-doses'>[] =>
  withIds(
    doses,
    (dose) => dose.instant,
    ({ type, insulin, units, carbsGrams }, id) => ({
      ...id,
      insulinType: type,
      doseUnits: units,
      medicationName: insulin,
      carbsGrams,
      source: SOURCE,
    }),
  );

export const mealRecords = (meals: readonly SimulatedMeal[]): RecordInput<'meals'>[] =>
  withIds(
    meals,
    (meal) => meal.instant,
    ({ type, carbsGrams, proteinGrams, fatGrams }, id) => ({
      ...id,
      mealType: type,
      carbsGrams,
      proteinGrams,
      fatGrams,
      calories: 4 * (carbsGrams + proteinGrams) + 9 * fatGrams,
      source: SOURCE,
    }),
  );

export const activityRecords = (activities: readonly SimulatedActivity[]): RecordInput<'activities'>[] =>
  withIds(
    activities,
    (activity) => activity.from,
    (activity, id) => ({
      ...id,
      activityType: activity.type,
      durationMinutes: minutesBetween(activity),
      intensity: activity.intensity,
      caloriesBurned: activity.calories,
      heartRateAvg: activity.heartRate,
      source: SOURCE,
    }),
  );

export const sleepRecords = (sleep: readonly SimulatedSleep[]): RecordInput<'sleep'>[] =>
  withIds(
    sleep,
    (night) => night.from,
    (night, id) => ({
      ...id,
      endsAt: instantText(night.until),
      durationMinutes: minutesBetween(night),
      deepMinutes: night.deepMinutes,
      remMinutes: night.remMinutes,
      lightMinutes: night.lightMinutes,
      awakeMinutes: night.awakeMinutes,
      qualityScore: night.quality,
      source: SOURCE,
    }),
  );
