import 'server-only';
import { checked, get, send } from './client';
import type { AlertSettingsChange, AlertSettingsReport, AlertStatistics, GlucoseUnit, WhatIfReport } from './types';

/** Whose settings: one patient's, or what a clinic chose for all of its patients. */
export type SettingsOwner = { readonly kind: 'patients' | 'organisations'; readonly id: string };

const pathOf = ({ kind, id }: SettingsOwner): string => `/api/v1/${kind}/${checked(id)}/alert-settings`;

/** Every threshold in one unit: the one asked for, else the patient's. */
export function getAlertSettings(owner: SettingsOwner, unit: GlucoseUnit | null): Promise<AlertSettingsReport> {
  return get<AlertSettingsReport>(pathOf(owner), { unit });
}

/** Throws an `ApiProblem`: 422 names the fields that cannot be meant, 403 tells who may not. */
export async function saveAlertSettings(owner: SettingsOwner, change: AlertSettingsChange): Promise<void> {
  await send('PUT', pathOf(owner), change);
}

/** What settings would have meant in the past fortnight. Refuses what saving would refuse. */
export async function replayAlertSettings(patientId: string, change: AlertSettingsChange): Promise<WhatIfReport> {
  const answer = await send('POST', `${pathOf({ kind: 'patients', id: patientId })}/what-if`, change);
  return (await answer.json()) as WhatIfReport;
}

export function getAlertStatistics(patientId: string, days: number): Promise<AlertStatistics> {
  return get<AlertStatistics>(`/api/v1/patients/${checked(patientId)}/alerts/statistics`, { days: String(days) });
}
