import { localDay, offsetSeconds, secondOfDay, startOfDay } from './zone.js';

/** The zone a person lived in from an instant on. The first entry also rules everything before it. */
export interface ZoneChange {
  /** Seconds since the epoch. */
  readonly from: number;
  /** IANA name. */
  readonly zone: string;
}

/** Zone changes, ascending by `from`, never empty. */
export type ZoneHistory = readonly [ZoneChange, ...ZoneChange[]];

/** The history of somebody who never moved. */
export const alwaysIn = (zone: string): ZoneHistory => [{ from: Number.NEGATIVE_INFINITY, zone }];

/** The zone in force at an instant. */
export function zoneAt(history: ZoneHistory, instant: number): string {
  for (let i = history.length - 1; i > 0; i--) {
    const change = history[i];
    if (change && change.from <= instant) return change.zone;
  }
  return history[0].zone;
}

/** The local calendar day of an instant, in the zone in force then. */
export const localDayAt = (history: ZoneHistory, instant: number): number =>
  localDay(zoneAt(history, instant), instant);

/** Seconds since the epoch as the person's clock showed them. */
export const wallClockAt = (history: ZoneHistory, instant: number): number =>
  instant + offsetSeconds(zoneAt(history, instant), instant);

/** Whole minutes after midnight on the person's clock. */
export const minuteOfDayAt = (history: ZoneHistory, instant: number): number =>
  Math.floor(secondOfDay(wallClockAt(history, instant)) / 60);

/**
 * The first instant whose local day is `day`. A person who crosses the date line westward lives a day twice: the day then
 * starts with its first part, so that every instant of it counts up from here.
 */
export function startOfDayAt(history: ZoneHistory, day: number): number {
  let first = Number.POSITIVE_INFINITY;
  for (const [index, change] of history.entries()) {
    const from = index === 0 ? Number.NEGATIVE_INFINITY : change.from;
    const until = history[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const instant = Math.max(startOfDay(change.zone, day), from);
    if (instant < until && localDay(change.zone, instant) === day) first = Math.min(first, instant);
  }
  // No instant of the day was lived (it was skipped at the date line): where it would have begun.
  return Number.isFinite(first) ? first : startOfDay(zoneAt(history, day * 86_400), day);
}
