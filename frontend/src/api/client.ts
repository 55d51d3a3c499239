import 'server-only';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { apiFetch } from '@/session/api-fetch';
import { ApiProblem } from '@/session/api-problem';
import type {
  AlertInbox,
  AlertSeverity,
  AlertWithTimeline,
  CurrentUser,
  ImportAnswers,
  ImportPage,
  ImportReport,
  ImportSummary,
  Overview,
  OverviewPeriod,
  Panel,
  PatientSummary,
  Reading,
  ReadingsPage,
  ReceivedInvitation,
  ReceivedInvitationPage,
} from './types';

export interface PanelQuery {
  flag: string | null;
  query: string | null;
  cursor: string | null;
  sort: string | null;
}

const ID = /^[0-9a-zA-Z-]{1,64}$/;

export function getPatients({ flag, query, cursor, sort }: PanelQuery): Promise<Panel> {
  return get<Panel>('/api/v1/patients', { flag, query, cursor, sort });
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

/** The imports of a patient, the newest first. */
export async function getImports(patientId: string): Promise<readonly ImportSummary[]> {
  const { items } = await get<ImportPage>(`/api/v1/patients/${checked(patientId)}/imports?limit=1000`);
  return items.toReversed();
}

/** Takes back what an import brought. Throws an `ApiProblem`. */
export async function undoImport(importId: string): Promise<void> {
  await send('POST', `/api/v1/imports/${checked(importId)}/undo`);
}

export async function getReceivedInvitations(): Promise<readonly ReceivedInvitation[]> {
  return (await get<ReceivedInvitationPage>('/api/v1/invitations')).items;
}

/** The record that is the person's own from now on. Throws an `ApiProblem`, also for what no longer stands (404). */
export async function acceptInvitation(invitationId: string, code: string): Promise<PatientSummary> {
  return (await (await answerInvitation(invitationId, 'accept', { code })).json()) as PatientSummary;
}

export async function declineInvitation(invitationId: string): Promise<void> {
  await answerInvitation(invitationId, 'decline', {});
}

export interface AlertsQuery {
  state: 'open' | 'all' | 'unacknowledged';
  severity?: AlertSeverity;
  patientId?: string | null;
  cursor?: string | null;
  limit?: number;
}

export function getAlerts({ state, severity, patientId, cursor, limit = 100 }: AlertsQuery): Promise<AlertInbox> {
  return get<AlertInbox>('/api/v1/alerts', {
    state,
    severity: severity ?? null,
    patientId: patientId ? checked(patientId) : null,
    cursor: cursor ?? null,
    limit: String(limit),
  });
}

export function getAlert(alertId: string): Promise<AlertWithTimeline> {
  return get<AlertWithTimeline>(`/api/v1/alerts/${checked(alertId)}`);
}

/** A day of readings and more, ascending; `to` is exclusive. */
export async function getReadings(patientId: string, from: Date, to: Date): Promise<readonly Reading[]> {
  const query = { from: from.toISOString(), to: to.toISOString(), limit: '10000' };
  return (await get<ReadingsPage>(`/api/v1/patients/${checked(patientId)}/readings`, query)).items;
}

/** Asked for by the layout and by pages; one request serves both. */
export const getCurrentUser = cache((): Promise<CurrentUser> => get<CurrentUser>('/api/v1/auth/me'));

/** For the other files of this folder. */
export async function get<T>(path: string, query: Record<string, string | null> = {}): Promise<T> {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value) search.set(key, value);
  const response = await request(search.size ? `${path}?${search}` : path);
  return (await response.json()) as T;
}

const answerInvitation = (id: string, answer: 'accept' | 'decline', body: object): Promise<Response> =>
  send('POST', `/api/v1/invitations/${checked(id)}/${answer}`, body);

async function request(path: string, init?: RequestInit): Promise<Response> {
  const response = await apiFetch(path, init);
  if (response.ok) return response;
  if (response.status === 404) notFound();
  throw await ApiProblem.from(response, response.headers.get('x-request-id') ?? '');
}

/** Sends a change, and throws an `ApiProblem` for whatever is refused, also for what is not there. */
export async function send(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: object,
): Promise<Response> {
  const response = await apiFetch(path, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  if (response.ok) return response;
  throw await ApiProblem.from(response, response.headers.get('x-request-id') ?? '');
}

/** Ids come out of the address bar; anything but an id must not reach the path of another endpoint. */
export function checked(id: string): string {
  if (!ID.test(id)) notFound();
  return id;
}
