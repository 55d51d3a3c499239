import { SECONDS_PER_DAY } from '../time/zone.js';
import { Random } from './random.js';
import type { MealType, Subject } from './subject.js';

/** Something a person does when their clock shows `at` (wall-clock seconds). */
export type Planned = { readonly at: number } & (
  | { readonly kind: 'wake' }
  | { readonly kind: 'bed'; readonly quality: number; readonly compression: Compression | null }
  | {
      readonly kind: 'meal';
      readonly type: MealType;
      readonly grams: number;
      readonly noted: number;
      readonly slow: number;
    }
  | { readonly kind: 'bolus'; readonly noted: number }
  | { readonly kind: 'basal' }
  | { readonly kind: 'sport'; readonly minutes: number; readonly intensity: number; readonly type: string }
  | { readonly kind: 'alcohol' }
);

/** A night's pressure on the sensor, relative to falling asleep. */
export interface Compression {
  readonly afterMinutes: number;
  readonly minutes: number;
  readonly factor: number;
}

export interface DayPlan {
  readonly events: Planned[];
  /** Factor on insulin sensitivity for this day. */
  readonly sensitivity: number;
  /** A spell of resistant days that begins today. */
  readonly illnessDays: number;
}

const STREAM = 1;

/** What a person means to do on one local day: a function of the person and the date alone. */
export function planDay(subject: Subject, day: number): DayPlan {
  const { habits, therapy } = subject;
  const random = Random.seeded(subject.seed, STREAM, day);
  // 1970-01-01 was a Thursday.
  const weekday = (((day + 4) % 7) + 7) % 7;
  const weekend = weekday === 0 || weekday === 6;
  const shift = weekend ? habits.weekendShiftHours : 0;
  const at = (hour: number) => day * SECONDS_PER_DAY + Math.round(hour * 3600);
  const events: Planned[] = [];

  const wake = random.truncatedNormal(habits.wakeHour + shift, habits.sleepSpreadHours);
  const lateNight = weekday === 5 || weekday === 6 ? habits.weekendShiftHours : 0;
  const bed = random.truncatedNormal(habits.bedHour + lateNight, habits.sleepSpreadHours);
  events.push({ at: at(wake), kind: 'wake' });
  const compressed = random.chance(subject.wear.compressionPerNight);
  const compression = {
    afterMinutes: random.uniform(40, 300),
    minutes: random.uniform(20, 65),
    factor: random.uniform(0.42, 0.67),
  };
  const quality = random.truncatedNormal(7.4, 1.3);
  events.push({ at: at(bed), kind: 'bed', quality, compression: compressed ? compression : null });
  // Every draw is made whether it is used or not, so that one habit can change without changing all later days.
  const basalHour = therapy.basalHour + random.truncatedNormal(0, 0.35);
  const late = random.uniform(6, 11);
  if (random.next() >= therapy.forgetsBasal) events.push({ at: at(basalHour), kind: 'basal' });
  else events.push({ at: at(basalHour + late), kind: 'basal' });

  for (const habit of habits.meals) {
    const hour = Math.max(wake + 0.3, random.truncatedNormal(habit.hour + shift, habit.spreadHours));
    const grams = habit.grams * random.logNormal(habits.gramsCv);
    const guess = Math.max(5, Math.round((grams * habits.estimateBias * random.logNormal(habits.estimateCv)) / 5) * 5);
    const delay = random.truncatedNormal(habits.bolusDelayMinutes, habits.bolusDelaySpread) / 60;
    const missed = random.chance(habits.missedBolus);
    const eaten = random.chance(habit.probability);
    const restaurant = habits.restaurantFriday && weekday === 5 && habit.type === 'dinner';
    const slow = restaurant ? 0.6 : random.uniform(0.2, 0.45);
    if (!eaten) continue;
    const size = restaurant ? 1.3 : 1;
    events.push({ at: at(hour), kind: 'meal', type: habit.type, grams: grams * size, noted: guess, slow });
    if (!missed) events.push({ at: at(hour + delay), kind: 'bolus', noted: guess });
  }

  const { sport } = habits;
  const sportHour = random.truncatedNormal(sport.hour, 0.5);
  const length = sport.minutes * random.logNormal(0.25);
  const intensity = Math.min(1, sport.intensity * random.logNormal(0.15));
  if (random.chance(sport.sessionsPerWeek / 7))
    events.push({ at: at(sportHour), kind: 'sport', minutes: Math.round(length / 5) * 5, intensity, type: sport.type });
  if (random.chance((habits.alcoholPerWeek / 7) * (weekday >= 5 ? 2 : 0.6)))
    events.push({ at: at(20.5), kind: 'alcohol' });

  const sensitivity = random.logNormal(subject.dayVariation);
  const illnessDays = random.chance(habits.illnessPerDay) ? 3 + Math.floor(random.next() * 4) : 0;
  return { events, sensitivity, illnessDays };
}
