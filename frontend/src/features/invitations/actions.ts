'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { acceptInvitation, declineInvitation } from '@/api/client';
import { ApiProblem } from '@/session/api-problem';

export type InvitationState = { code: string; message: string } | null;

/** The form of one invitation; its button says `accept` or `decline`. */
export async function answerInvitation(
  invitation: { id: string; patientId: string },
  _previous: InvitationState,
  form: FormData,
): Promise<InvitationState> {
  const code = String(form.get('code') ?? '').trim();
  const declined = form.get('answer') === 'decline';
  let recordId = invitation.patientId;
  try {
    if (declined) await declineInvitation(invitation.id);
    else recordId = (await acceptInvitation(invitation.id, code)).id;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return { code, message: await messageFor(error) };
  }
  redirect(`/patients/${encodeURIComponent(recordId)}`);
}

async function messageFor(problem: ApiProblem): Promise<string> {
  const t = await getTranslations('invitations.problems');
  if (problem.status === 422) return t('wrongCode');
  if (problem.status === 409) return t('recordInUse');
  return problem.status === 404 ? t('gone') : t('unavailable');
}
