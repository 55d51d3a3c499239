import { wallClockAt, type ZoneHistory } from '../time/zone-history.js';
import { isoWeekday, secondOfDay, SECONDS_PER_DAY } from '../time/zone.js';
import type { AlertSettings, RuleCode } from './settings.js';

/** Some rules' settings, or parts of them, in place of what would hold. */
export type SettingsOverride = { readonly [C in RuleCode]?: Partial<AlertSettings[C]> };

/** Hours of the person's own clock in which something else holds. `to` before `from` runs over midnight. */
export interface AlertSchedule {
  readonly name: string;
  /** Minutes of the day, 0 to 1439. */
  readonly fromMinute: number;
  readonly toMinute: number;
  /** ISO weekdays (1 is Monday) on which it begins; all where empty. */
  readonly weekdays: readonly number[];
  readonly override: SettingsOverride;
}

/** What somebody chose, from an instant on. */
export interface SettingsVersion {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly settings: AlertSettings;
  /** The first that fits an instant holds. */
  readonly schedules: readonly AlertSchedule[];
}

/** Ascending by `from`, never empty; the first also rules everything before it. */
export type SettingsHistory = readonly [SettingsVersion, ...SettingsVersion[]];

export function overridden(settings: AlertSettings, override: SettingsOverride): AlertSettings {
  const codes = Object.keys(override) as RuleCode[];
  return Object.assign({}, settings, ...codes.map((code) => ({ [code]: { ...settings[code], ...override[code] } })));
}

/** One override on top of another, field by field. */
export function combined(under: SettingsOverride, over: SettingsOverride): SettingsOverride {
  const codes = Object.keys({ ...under, ...over }) as RuleCode[];
  return Object.assign({}, ...codes.map((code) => ({ [code]: { ...under[code], ...over[code] } })));
}

/** What holds for a person at an instant. One object for as long as nothing changes. */
export type SettingsAt = (instant: number) => AlertSettings;

export function settingsAt(history: SettingsHistory, zones: ZoneHistory): SettingsAt {
  const scheduled = new Map<AlertSchedule, AlertSettings>();
  return (instant) => {
    const version = history.findLast(({ from }) => from <= instant) ?? history[0];
    if (version.schedules.length === 0) return version.settings;
    const schedule = scheduleAt(version.schedules, wallClockAt(zones, instant));
    if (!schedule) return version.settings;
    const known = scheduled.get(schedule) ?? overridden(version.settings, schedule.override);
    scheduled.set(schedule, known);
    return known;
  };
}

/** The schedule in force at an instant of the person's clock, seconds since 1970-01-01 00:00 there. */
export function scheduleAt(schedules: readonly AlertSchedule[], wallClock: number): AlertSchedule | undefined {
  const day = Math.floor(wallClock / SECONDS_PER_DAY);
  const minute = Math.floor(secondOfDay(wallClock) / 60);
  return schedules.find(({ fromMinute, toMinute, weekdays }) => {
    const begins = (onDay: number): boolean => weekdays.length === 0 || weekdays.includes(isoWeekday(onDay));
    if (fromMinute <= toMinute) return minute >= fromMinute && minute < toMinute && begins(day);
    return minute >= fromMinute ? begins(day) : minute < toMinute && begins(day - 1);
  });
}
