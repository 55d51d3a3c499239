import type { ForecastRecord } from '../forecasting/issued.js';
import type { GlucoseSeries } from '../glycemia/series.js';
import { localDayAt, type ZoneHistory } from '../time/zone-history.js';

/** What is known of one person over some time. Instants are seconds since the epoch; each list ascends in time. */
export interface PersonHistory {
  readonly zones: ZoneHistory;
  /** The canonical series. */
  readonly glucose: GlucoseSeries;
  readonly doses: ReadonlyArray<{
    readonly instant: number;
    readonly type: 'basal' | 'bolus' | 'correction';
    readonly units: number;
  }>;
  /** `null` where the meal was noted without its carbohydrate. */
  readonly meals: ReadonlyArray<{
    readonly instant: number;
    readonly carbsGrams: number | null;
    /** As it was noted; absent or null where it was not. */
    readonly type?: 'breakfast' | 'lunch' | 'dinner' | 'snack' | null;
  }>;
  /** `null` where the activity was noted without its length. */
  readonly activities: ReadonlyArray<{ readonly from: number; readonly until: number | null }>;
  readonly sleep: ReadonlyArray<{ readonly from: number; readonly until: number }>;
  /** Of interest to the check of forecasts alone, and not read for anything else. */
  readonly forecasts?: ForecastRecord;
}

/** Longest silence, in days, after which an exercise log no longer counts as kept: two weeks without a session happen. */
const LONGEST_QUIET_DAYS = 14;

/**
 * The local days on which "no exercise was noted" means that there was none: the log was in use then (a session within the
 * two weeks before and after), and the day holds some other data. All other days without a session are unknown.
 */
export function daysWithKeptExercise(history: PersonHistory): ReadonlySet<number> {
  const dayOf = (instant: number) => localDayAt(history.zones, instant);
  const sessions = [...new Set(history.activities.map(({ from }) => dayOf(from)))].sort((a, b) => a - b);
  const alive = daysWithAnything(history, dayOf);
  const kept = new Set(sessions);
  for (const [index, day] of sessions.entries()) {
    const next = sessions[index + 1];
    if (next === undefined || next - day > LONGEST_QUIET_DAYS) continue;
    for (let between = day + 1; between < next; between++) if (alive.has(between)) kept.add(between);
  }
  return kept;
}

function daysWithAnything(history: PersonHistory, dayOf: (instant: number) => number): Set<number> {
  const days = new Set<number>();
  for (const instant of history.glucose.instants) days.add(dayOf(instant));
  for (const { instant } of [...history.doses, ...history.meals]) days.add(dayOf(instant));
  for (const { from, until } of history.sleep) days.add(dayOf(from)).add(dayOf(until));
  return days;
}
