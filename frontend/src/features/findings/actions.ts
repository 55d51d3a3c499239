'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { cancelRun, getFindings, lookFor, lookForFindings } from '@/api/findings';
import type { MlRun } from '@/api/types';
import { ApiProblem } from '@/session/api-problem';

/** What went wrong, in words; `null` before anybody has asked. */
export type LookState = string | null;

const pageOf = (patientId: string) => `/patients/${encodeURIComponent(patientId)}/findings`;

export async function lookAgain(patientId: string, _previous: LookState): Promise<LookState> {
  return asking(patientId, () => lookForFindings(patientId));
}

export async function lookAgainFor(
  patientId: string,
  algorithm: MlRun['algorithm'],
  _previous: LookState,
): Promise<LookState> {
  return asking(patientId, () => lookFor(patientId, algorithm));
}

async function asking(patientId: string, ask: () => Promise<void>): Promise<LookState> {
  try {
    await ask();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const t = await getTranslations('findings');
    return t(error.status === 429 ? 'tooMany' : 'problem');
  }
  redirect(pageOf(patientId));
}

/** Ends everything that is under way; what was answered meanwhile stays. */
export async function stopLooking(patientId: string, _previous: LookState): Promise<LookState> {
  const { underWay } = await getFindings(patientId);
  for (const { id } of underWay) {
    try {
      await cancelRun(id);
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (error.status !== 409) return (await getTranslations('findings'))('problem');
    }
  }
  redirect(pageOf(patientId));
}
