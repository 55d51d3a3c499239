'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { OnCallRota } from '@/api/types';
import { useViewerZone } from '@/features/alerts/viewer-time';
import { formatInstant } from '@/format/time';
import { ShiftForm } from './shift-form';
import { ShiftRow } from './shift-row';

/** Who is called now, when nobody would be, and the shifts of a week. All times on the clock of whoever looks. */
export function Rota({ clinicId, rota, suggested }: { clinicId: string; rota: OnCallRota; suggested: string }) {
  const t = useTranslations('onCall');
  const locale = useLocale();
  const zone = useViewerZone();
  const at = (instant: string) => formatInstant(instant, zone ?? 'UTC', locale);
  const { now, gaps, gapsUntil, shifts, clinicians } = rota;
  return (
    <div className="grid gap-4">
      <p className="text-sm text-muted">{t('zone', { zone: (zone ?? 'UTC').replaceAll('_', ' ') })}</p>
      <section aria-labelledby="now-title" className="card grid gap-1">
        <h2 id="now-title" className="text-base font-semibold">
          {t('now')}
        </h2>
        {now.length === 0 ? <p className="font-medium text-low">{t('nobody')}</p> : null}
        <ul className="grid gap-1">
          {now.map(({ person, until, reachable }) => (
            <li key={person.id}>
              {t('until', { name: person.displayName, time: at(until) })}
              {reachable ? null : <span className="text-low"> · {t('unreachable')}</span>}
            </li>
          ))}
        </ul>
        <h3 className="mt-2 text-sm font-semibold">{t('gaps', { until: at(gapsUntil) })}</h3>
        {gaps.length === 0 ? <p className="text-sm text-in-range">{t('noGaps')}</p> : null}
        <ul className="grid gap-1 text-sm text-high tabular-nums">
          {gaps.map(({ from, to }) => (
            <li key={from}>{t('gap', { from: at(from), to: at(to) })}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="shifts-title" className="grid gap-2">
        <h2 id="shifts-title" className="text-base font-semibold">
          {t('shifts')}
        </h2>
        {shifts.length === 0 ? <p className="card text-sm text-muted">{t('noShifts')}</p> : null}
        <ul className="grid gap-2">
          {shifts.map((shift) => (
            <ShiftRow key={shift.id} clinicId={clinicId} shift={shift} clinicians={clinicians} at={at} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="new-title" className="card grid gap-3">
        <h2 id="new-title" className="text-base font-semibold">
          {t('new')}
        </h2>
        {zone === null ? null : (
          <ShiftForm clinicId={clinicId} clinicians={clinicians} shift={null} suggested={suggested} />
        )}
      </section>
    </div>
  );
}
