'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import { addShift, changeShift, removeShift } from '@/api/on-call';
import { ApiProblem } from '@/session/api-problem';

export type ShiftField = 'userId' | 'startsAt' | 'endsAt';

/** What was refused, by its field; `done` once the server has confirmed. */
export type ShiftState = {
  done: boolean;
  problem: string | null;
  faults: Partial<Record<ShiftField, string>>;
} | null;

/** Adds a shift, or changes the one of that id. The form carries instants, made from the clock of whoever fills it in. */
export async function submitShift(
  clinicId: string,
  shiftId: string | null,
  _previous: ShiftState,
  form: FormData,
): Promise<ShiftState> {
  const shift = {
    userId: String(form.get('userId') ?? ''),
    startsAt: String(form.get('startsAt') ?? ''),
    endsAt: String(form.get('endsAt') ?? ''),
  };
  return confirmed(() => (shiftId === null ? addShift(clinicId, shift) : changeShift(clinicId, shiftId, shift)));
}

export async function dropShift(clinicId: string, shiftId: string): Promise<ShiftState> {
  return confirmed(() => removeShift(clinicId, shiftId));
}

async function confirmed(act: () => Promise<void>): Promise<ShiftState> {
  const t = await getTranslations('onCall.problems');
  try {
    await act();
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const faults: Partial<Record<ShiftField, string>> = {};
    for (const { path, code, message } of error.document.errors ?? []) {
      if (path !== 'userId' && path !== 'startsAt' && path !== 'endsAt') continue;
      faults[path] = t.has(code as 'overlap') ? t(code as 'overlap') : message;
    }
    const known = error.status === 403 ? 'notAllowed' : error.status === 409 ? 'over' : 'unavailable';
    return { done: false, problem: Object.keys(faults).length > 0 ? null : t(known), faults };
  }
  refresh();
  return { done: true, problem: null, faults: {} };
}
