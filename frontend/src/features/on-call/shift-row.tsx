'use client';

import { unstable_rethrow } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { OnCallRota, OnCallShift } from '@/api/types';
import { dropShift, type ShiftState } from './actions';
import { ShiftForm } from './shift-form';

interface ShiftRowProps {
  clinicId: string;
  shift: OnCallShift;
  clinicians: OnCallRota['clinicians'];
  at: (instant: string) => string;
}

/** One shift. Removing it is asked for twice: a gap at night is what nobody notices. */
export function ShiftRow({ clinicId, shift, clinicians, at }: ShiftRowProps) {
  const t = useTranslations('onCall');
  const [open, setOpen] = useState<'change' | 'remove' | null>(null);
  const [state, setState] = useState<ShiftState>(null);
  const [pending, start] = useTransition();
  const { person, startsAt, endsAt, counts, reachable } = shift;
  const name = person.displayName;
  const times = { from: at(startsAt), to: at(endsAt) };
  const toggle = (panel: 'change' | 'remove') => setOpen(open === panel ? null : panel);
  const remove = () => {
    if (pending) return;
    start(async () => {
      const next = await dropShift(clinicId, shift.id).catch((error: unknown): ShiftState => {
        unstable_rethrow(error);
        return { done: false, problem: t('problems.unavailable'), faults: {} };
      });
      setState(next);
    });
  };
  return (
    <li className="card grid gap-3 p-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 flex-1 basis-56">
          <span className="font-semibold">{name}</span>
          <span className="block text-sm tabular-nums">{t('gap', times)}</span>
          {counts ? null : <span className="block text-sm text-low">{t('noClinician')}</span>}
          {reachable ? null : <span className="block text-sm text-low">{t('unreachable')}</span>}
        </p>
        <div className="flex gap-2">
          {(['change', 'remove'] as const).map((panel) => (
            <button
              key={panel}
              type="button"
              className="button px-3"
              aria-expanded={open === panel}
              aria-label={t('of', { action: t(panel), name, ...times })}
              onClick={() => toggle(panel)}
            >
              {t(panel)}
            </button>
          ))}
        </div>
      </div>
      {open === 'change' ? (
        <ShiftForm clinicId={clinicId} clinicians={clinicians} shift={shift} suggested={startsAt} />
      ) : null}
      {open === 'remove' ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <p>{t('removeSure')}</p>
          <button type="button" autoFocus aria-disabled={pending} className="button button-primary" onClick={remove}>
            {t(pending ? 'working' : 'removeNow')}
          </button>
          <button type="button" className="button" onClick={() => setOpen(null)}>
            {t('cancel')}
          </button>
          <p role="alert" className="basis-full text-low empty:hidden">
            {state?.problem}
          </p>
        </div>
      ) : null}
    </li>
  );
}
