import type { APIRequestContext } from '@playwright/test';

export interface PanelRow {
  readonly id: string;
  readonly displayName: string;
  readonly targetPreset: string;
  readonly flags: ReadonlyArray<{ readonly code: string; readonly text: string }>;
  readonly metrics: Readonly<Record<string, number | string | null>>;
  readonly coverage: { readonly activePercent: number; readonly days: number };
}

export interface PanelAnswer {
  readonly items: readonly PanelRow[];
  readonly counts: Readonly<Record<string, number>>;
}

/** What the API says of the panel, asked with the session of the page. */
export async function panel(request: APIRequestContext): Promise<PanelAnswer> {
  return (await request.get('/api/v1/patients?limit=1000')).json();
}

export async function patientNamed(request: APIRequestContext, name: string): Promise<PanelRow> {
  const found = (await panel(request)).items.find((row) => row.displayName === name);
  if (!found) throw new Error('no such patient in the panel');
  return found;
}

/** The clinic of whoever is signed in. */
export async function clinicOf(request: APIRequestContext): Promise<string> {
  const { memberships } = await (await request.get('/api/v1/auth/me')).json();
  return memberships[0].organisationId;
}

export interface MetricsAnswer {
  readonly coverage: { readonly activePercent: number; readonly days: number; readonly readings: number };
  readonly metrics: Readonly<Record<string, number | string | null>>;
}

export async function metricsOf(request: APIRequestContext, patientId: string, days: number): Promise<MetricsAnswer> {
  return (await request.get(`/api/v1/patients/${patientId}/metrics?days=${days}`)).json();
}
