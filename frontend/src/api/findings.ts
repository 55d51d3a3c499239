import 'server-only';
import { checked, get, send } from './client';
import type { Findings, Forecast, ForecastModel, MlRun, MlTrace, Profile } from './types';

/** What is looked for where nothing else is asked. */
export const USUAL_ALGORITHMS = [
  'patterns',
  'risk',
  'influences',
  'rules',
  'pcmci',
  'matrix-profile',
] as const satisfies readonly MlRun['algorithm'][];

export function getFindings(patientId: string): Promise<Findings> {
  return get<Findings>(`/api/v1/patients/${checked(patientId)}/findings`);
}

export function getForecast(patientId: string): Promise<Forecast> {
  return get<Forecast>(`/api/v1/patients/${checked(patientId)}/forecast`);
}

/** Which model serves, and how it did. */
export function getForecastModel(patientId: string): Promise<ForecastModel> {
  return get<ForecastModel>(`/api/v1/patients/${checked(patientId)}/forecast/model`);
}

/** The glucose of each stretch that an answer names, by the instant at which it begins. */
export async function getTraces(runId: string): Promise<ReadonlyMap<string, MlTrace>> {
  const { items } = await get<{ items: MlTrace[] }>(`/api/v1/ml/runs/${checked(runId)}/traces`);
  return new Map(items.map((trace) => [trace.from, trace]));
}

/** The usual day of the time that an answer rests on. */
export function getUsualDay({ patientId, meta }: MlRun): Promise<Profile> {
  return get<Profile>(`/api/v1/patients/${checked(patientId)}/profile`, { ...meta?.window });
}

/** Asks the record anew. Throws an `ApiProblem`. */
export async function lookForFindings(patientId: string): Promise<void> {
  for (const algorithm of USUAL_ALGORITHMS) await lookFor(patientId, algorithm);
}

/** Asks one question anew. Throws an `ApiProblem`. */
export async function lookFor(patientId: string, algorithm: MlRun['algorithm']): Promise<void> {
  await send('POST', '/api/v1/ml/runs', { patientId, algorithm });
}

/** Throws an `ApiProblem`, also for what has ended meanwhile (409). */
export async function cancelRun(runId: string): Promise<void> {
  await send('POST', `/api/v1/ml/runs/${checked(runId)}/cancel`);
}
