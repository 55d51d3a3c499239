import 'server-only';
import { checked, get, send } from './client';
import type { NewOnCallShift, OnCallRota } from './types';

const pathOf = (clinicId: string): string => `/api/v1/organisations/${checked(clinicId)}/on-call`;

/** The shifts that touch `[from, to)`, who is on call now, and when nobody is. */
export function getRota(clinicId: string, from: Date, to: Date): Promise<OnCallRota> {
  return get<OnCallRota>(pathOf(clinicId), { from: from.toISOString(), to: to.toISOString() });
}

/** These throw an `ApiProblem`; 422 names the field. */
export async function addShift(clinicId: string, shift: NewOnCallShift): Promise<void> {
  await send('POST', pathOf(clinicId), shift);
}

export async function changeShift(clinicId: string, shiftId: string, shift: NewOnCallShift): Promise<void> {
  await send('PATCH', `${pathOf(clinicId)}/${checked(shiftId)}`, shift);
}

export async function removeShift(clinicId: string, shiftId: string): Promise<void> {
  await send('DELETE', `${pathOf(clinicId)}/${checked(shiftId)}`);
}
