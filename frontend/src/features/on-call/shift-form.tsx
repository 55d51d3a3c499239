'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import type { OnCallRota, OnCallShift } from '@/api/types';
import { useFormAnswer } from '@/components/form/use-form-answer';
import { type ShiftField, type ShiftState, submitShift } from './actions';
import { instantOf, localOf } from './local-time';

interface ShiftFormProps {
  clinicId: string;
  clinicians: OnCallRota['clinicians'];
  /** `null` for a new one. */
  shift: OnCallShift | null;
  /** Where a new shift begins, ISO. */
  suggested: string;
}

/** Who is on call from when to when, on the clock of whoever fills it in. */
export function ShiftForm({ clinicId, clinicians, shift, suggested }: ShiftFormProps) {
  const t = useTranslations('onCall');
  const id = useId();
  const { state, pending, form } = useFormAnswer<ShiftState>(
    async (previous, sent) => {
      for (const field of ['startsAt', 'endsAt'] as const) sent.set(field, instantOf(String(sent.get(field) ?? '')));
      return submitShift(clinicId, shift?.id ?? null, previous, sent);
    },
    null,
    () => ({ done: false, problem: t('problems.unavailable'), faults: {} }),
  );
  const begins = shift?.startsAt ?? suggested;
  const ends = shift?.endsAt ?? new Date(Date.parse(suggested) + 12 * 3_600_000).toISOString();
  const about = (field: ShiftField) => ({
    id: `${id}-${field}`,
    name: field,
    required: true,
    'aria-invalid': state?.faults[field] !== undefined,
    'aria-describedby': `${id}-${field}-fault`,
  });
  const fault = (field: ShiftField) => (
    <span id={`${id}-${field}-fault`} className="font-normal text-low empty:hidden">
      {state?.faults[field]}
    </span>
  );
  return (
    <form {...form} className="flex flex-wrap items-start gap-3">
      <label className="grid gap-1 text-sm font-medium">
        {t('person')}
        <select {...about('userId')} defaultValue={shift?.person.id ?? ''} className="field min-h-9 w-56 max-w-full">
          <option value="" disabled>
            {t('choose')}
          </option>
          {clinicians.map(({ id: userId, displayName, reachable }) => (
            <option key={userId} value={userId}>
              {reachable ? displayName : t('unreachableOption', { name: displayName })}
            </option>
          ))}
        </select>
        {fault('userId')}
      </label>
      {(['startsAt', 'endsAt'] as const).map((field) => (
        <label key={field} className="grid gap-1 text-sm font-medium">
          {t(field)}
          <input
            {...about(field)}
            type="datetime-local"
            defaultValue={localOf(field === 'startsAt' ? begins : ends)}
            className="field min-h-9 w-64 max-w-full tabular-nums"
          />
          {fault(field)}
        </label>
      ))}
      <button type="submit" aria-disabled={pending} className="button button-primary mt-6">
        {t(pending ? 'working' : shift ? 'change' : 'add')}
      </button>
      <p role="status" className="basis-full text-sm text-in-range empty:hidden">
        {state?.done ? t('done') : null}
      </p>
      <p role="alert" className="basis-full text-sm text-low empty:hidden">
        {state?.problem}
      </p>
    </form>
  );
}
