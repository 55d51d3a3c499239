'use server';

import { redirect } from 'next/navigation';
import { answerImport } from '@/api/client';

/** Answers what the file left open; the import then goes on where it stopped. */
export async function answerQuestions(patientId: string, importId: string, form: FormData): Promise<void> {
  const dateOrder = form.get('dateOrder');
  await answerImport(importId, dateOrder === 'DMY' || dateOrder === 'MDY' ? { dateOrder } : {});
  redirect(`/patients/${encodeURIComponent(patientId)}/upload?import=${encodeURIComponent(importId)}`);
}
