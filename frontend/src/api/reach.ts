import 'server-only';
import { checked, get, send } from './client';
import type { AlertFollowerList, Escalation, EscalationStep } from './types';

/** Whose chain: one patient's, or a clinic's for all of its patients. */
export type ChainOwner = { readonly kind: 'patients' | 'organisations'; readonly id: string };

const chainPath = ({ kind, id }: ChainOwner): string => `/api/v1/${kind}/${checked(id)}/escalation`;
const followersPath = (patientId: string): string => `/api/v1/patients/${checked(patientId)}/followers`;

export function getEscalation(owner: ChainOwner): Promise<Escalation> {
  return get<Escalation>(chainPath(owner));
}

/** These throw an `ApiProblem` for whatever is refused. */
export async function saveEscalation(owner: ChainOwner, steps: EscalationStep[]): Promise<void> {
  await send('PUT', chainPath(owner), { steps });
}

export async function inheritEscalation(owner: ChainOwner): Promise<void> {
  await send('DELETE', chainPath(owner));
}

export function getFollowers(patientId: string): Promise<AlertFollowerList> {
  return get<AlertFollowerList>(followersPath(patientId));
}

export async function setFollower(patientId: string, userId: string, follows: boolean): Promise<void> {
  await send(follows ? 'PUT' : 'DELETE', `${followersPath(patientId)}/${checked(userId)}`);
}
