import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { apiFetch } from '@/session/api-fetch';
import { ApiProblem } from '@/session/api-problem';
import type {
  CurrentUser,
  ImportAnswers,
  ImportReport,
  Overview,
  OverviewPeriod,
  Panel,
  PatientSummary,
} from './types';

export interface PanelQuery {
  flag: string | null;
  query: string | null;
  cursor: string | null;
}

const ID = /^[0-9a-zA-Z-]{1,64}$/;

export function getPatients({ flag, query, cursor }: PanelQuery): Promise<Panel> {
  return get<Panel>('/api/v1/patients', { flag, query, cursor });
}

export function getOverview(patientId: string, period: OverviewPeriod): Promise<Overview> {
  const query = 'days' in period ? { days: String(period.days) } : period;
  return get<Overview>(`/api/v1/patients/${checked(patientId)}/overview`, query);
}

/** Asked for by the layout and by pages; one request serves both. */
export const getPatient = cache((patientId: string): Promise<PatientSummary> =>
  get<PatientSummary>(`/api/v1/patients/${checked(patientId)}`),
);

export function getImport(importId: string): Promise<ImportReport> {
  return get<ImportReport>(`/api/v1/imports/${checked(importId)}`);
}

export async function answerImport(importId: string, answers: ImportAnswers): Promise<void> {
  await request(`/api/v1/imports/${checked(importId)}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(answers),
  });
}

/** Asked for by the layout and by pages; one request serves both. */
export const getCurrentUser = cache((): Promise<CurrentUser> => get<CurrentUser>('/api/v1/auth/me'));

async function get<T>(path: string, query: Record<string, string | null> = {}): Promise<T> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value);
  const response = await request(search.size ? `${path}?${search}` : path);
  return (await response.json()) as T;
}

async function request(path: string, init?: RequestInit): Promise<Response> {
  const response = await apiFetch(path, init);
  if (response.ok) return response;
  if (response.status === 404) notFound();
  throw await ApiProblem.from(response, response.headers.get('x-request-id') ?? '');
}

/** Ids come out of the address bar; anything but an id must not reach the path of another endpoint. */
function checked(id: string): string {
  if (!ID.test(id)) notFound();
  return id;
}
