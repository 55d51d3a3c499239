'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { answerImport, undoImport } from '@/api/client';
import { ApiProblem } from '@/session/api-problem';

/** Answers what the file left open; the import then goes on where it stopped. */
export async function answerQuestions(patientId: string, importId: string, form: FormData): Promise<void> {
  const dateOrder = form.get('dateOrder');
  await answerImport(importId, dateOrder === 'DMY' || dateOrder === 'MDY' ? { dateOrder } : {});
  redirect(`/patients/${encodeURIComponent(patientId)}/upload?import=${encodeURIComponent(importId)}`);
}

/** What went wrong, in words; `null` before anybody has asked. */
export type UndoState = string | null;

/** Takes an import back, and shows the list of uploads with it. */
export async function takeBack(patientId: string, importId: string, _previous: UndoState): Promise<UndoState> {
  try {
    await undoImport(importId);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const t = await getTranslations('upload');
    if (error.status === 409) return t('undoConflict');
    return t(error.status === 403 || error.status === 404 ? 'undoNotAllowed' : 'undoProblem');
  }
  redirect(`/patients/${encodeURIComponent(patientId)}/upload`);
}
