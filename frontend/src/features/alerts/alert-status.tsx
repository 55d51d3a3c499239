'use client';

import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Alert } from '@/api/types';
import { ageInWords } from './duration';
import { ViewerTime } from './viewer-time';

interface AlertStatusProps {
  alert: Alert;
  /** The server no longer counts it among those asked for. */
  gone: boolean;
  now: number;
}

/** What people did about an alert, and what became of it. Only what the server has said. */
export function AlertStatus({ alert, gone, now }: AlertStatusProps) {
  const t = useTranslations('alerts');
  const last = alert.acknowledgements.at(-1);
  const name = last?.by.displayName ?? '';
  return (
    <ul className="grid gap-0.5 text-sm">
      {alert.state === 'voided' ? <li>{t('status.voided')}</li> : null}
      {alert.state === 'closed' && alert.closedAt ? (
        <li>{t('status.closed', { age: ageInWords(alert.closedAt, now, t) })}</li>
      ) : null}
      {alert.state === 'open' && gone ? <li>{t('status.gone')}</li> : null}
      {alert.acknowledged && last ? (
        <li className="flex items-start gap-1 text-in-range">
          <Check size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
          <span>{t('status.acknowledged', { name, age: ageInWords(last.at, now, t) })}</span>
        </li>
      ) : null}
      {!alert.acknowledged && alert.state === 'open' ? (
        <li className="font-semibold">{last ? t('status.acknowledgedLess', { name }) : t('status.unacknowledged')}</li>
      ) : null}
      {alert.snoozedUntil && alert.state === 'open' ? (
        <li className="text-muted">
          {t.rich('status.snoozed', { time: () => <ViewerTime instant={alert.snoozedUntil ?? ''} /> })}
        </li>
      ) : null}
      {alert.markedFalse ? (
        <li className="text-muted">{t('status.markedFalse', { name: alert.markedFalse.by.displayName })}</li>
      ) : null}
    </ul>
  );
}
