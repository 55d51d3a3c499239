import { DEFAULT_ALERT_SETTINGS } from '../../domain/alerts/settings.js';
import {
  type AlertSchedule,
  combined,
  overridden,
  type SettingsHistory,
  type SettingsOverride,
  type SettingsVersion,
} from '../../domain/alerts/settings-history.js';

/** What somebody chose from an instant on, as it is stored. */
export interface SettingsRow {
  /** Seconds since the epoch. */
  readonly from: number;
  readonly override: SettingsOverride;
  /** `null` leaves them to what lies below: the clinic's for a patient. */
  readonly schedules: readonly AlertSchedule[] | null;
}

const rowsOf = (table: string, condition: string): string => `
  (SELECT json_agg(json_build_object('from', extract(epoch FROM s.effective_from)::float8, 'override', s.override,
     'schedules', s.schedules) ORDER BY s.effective_from) FROM ${table} s WHERE ${condition})`;

/** Subqueries for all that a patient, and the patient's organisation, ever chose; the argument is an SQL expression. */
export const patientSettingsOf = (patientId: string): string => rowsOf('alert_settings', `s.patient_id = ${patientId}`);
export const clinicSettingsOf = (patientId: string): string =>
  rowsOf(
    'organisation_alert_settings',
    `s.organisation_id = (SELECT organisation_id FROM patients WHERE id = ${patientId})`,
  );

/** What holds where nobody chose otherwise. */
const DEFAULTS: Chosen = { settings: DEFAULT_ALERT_SETTINGS, schedules: [] };

export type Chosen = Omit<SettingsVersion, 'from'>;

/**
 * A choice on top of what would hold without it. Schedules that are taken over from below keep what the choice says: a
 * person's own threshold holds at night as well.
 */
export function chosenOver(below: Chosen, row: Omit<SettingsRow, 'from'> | undefined): Chosen {
  if (!row) return below;
  const { override } = row;
  const inherited = below.schedules.map((schedule) => ({
    ...schedule,
    override: combined(schedule.override, override),
  }));
  return { settings: overridden(below.settings, override), schedules: row.schedules ?? inherited };
}

/** What a clinic's choice amounts to, over the defaults. */
export const chosenByClinic = (row: Omit<SettingsRow, 'from'> | undefined): Chosen => chosenOver(DEFAULTS, row);

/** The defaults, then what the clinic chose, then what the patient chose, at every instant at which either changed. */
export function toSettingsHistory(
  clinic: readonly SettingsRow[] | null,
  patient: readonly SettingsRow[] | null,
): SettingsHistory {
  const inForce = (rows: readonly SettingsRow[] | null, at: number): SettingsRow | undefined =>
    rows?.findLast(({ from }) => from <= at);
  const versionAt = (from: number): SettingsVersion => ({
    from,
    ...chosenOver(chosenByClinic(inForce(clinic, from)), inForce(patient, from)),
  });
  const changes = new Set([...(clinic ?? []), ...(patient ?? [])].map(({ from }) => from));
  const later = [...changes].sort((a, b) => a - b).map(versionAt);
  return [{ from: Number.NEGATIVE_INFINITY, ...DEFAULTS }, ...later];
}
