'use server';

import { redirect } from 'next/navigation';
import { answerImport } from '@/api/client';

/** Answers what the file left open; the import then goes on where it stopped. */
export async function answerQuestions(patientId: string, importId: string, form: FormData): Promise<void> {
  const dateOrder = form.get('dateOrder');
  const timeZone = form.get('timeZone');
  await answerImport(importId, {
    ...(dateOrder === 'DMY' || dateOrder === 'MDY' ? { dateOrder } : {}),
    ...(typeof timeZone === 'string' && timeZone ? { timeZone } : {}),
  });
  redirect(`/patients/${encodeURIComponent(patientId)}/upload?import=${encodeURIComponent(importId)}`);
}
