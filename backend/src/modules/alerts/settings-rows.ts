import { DEFAULT_ALERT_SETTINGS } from '../../domain/alerts/settings.js';
import {
  type AlertSchedule,
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
  readonly schedules: readonly AlertSchedule[];
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

/** The defaults, then what the clinic chose, then what the patient chose, at every instant at which either changed. */
export function toSettingsHistory(
  clinic: readonly SettingsRow[] | null,
  patient: readonly SettingsRow[] | null,
): SettingsHistory {
  const inForce = (rows: readonly SettingsRow[] | null, at: number): SettingsRow | undefined =>
    rows?.findLast(({ from }) => from <= at);
  const versionAt = (from: number): SettingsVersion => {
    const ofClinic = inForce(clinic, from);
    const ofPatient = inForce(patient, from);
    const settings = overridden(
      overridden(DEFAULT_ALERT_SETTINGS, ofClinic?.override ?? {}),
      ofPatient?.override ?? {},
    );
    const own = ofPatient?.schedules ?? [];
    return { from, settings, schedules: own.length > 0 ? own : (ofClinic?.schedules ?? []) };
  };
  const changes = new Set([...(clinic ?? []), ...(patient ?? [])].map(({ from }) => from));
  const later = [...changes].sort((a, b) => a - b).map(versionAt);
  return [{ from: Number.NEGATIVE_INFINITY, settings: DEFAULT_ALERT_SETTINGS, schedules: [] }, ...later];
}
