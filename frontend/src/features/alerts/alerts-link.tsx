'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useAlertWatch } from './alert-watch';

/** The way to the inbox, with how many alerts are open: dark red as soon as one is urgent. */
export function AlertsLink() {
  const t = useTranslations('alerts');
  const { alerts, connection } = useAlertWatch();
  const known = alerts !== null && connection === 'live';
  const { open = 0, urgent = 0 } = alerts?.counts ?? {};
  return (
    <Link
      href="/alerts"
      prefetch={false}
      className="flex min-h-9 items-center gap-1.5 rounded px-1.5 text-sm font-medium hover:underline"
    >
      {t('title')}
      <span className="sr-only">{known ? t('count.label', { open, urgent }) : t('count.unknown')}</span>
      <span
        aria-hidden="true"
        className="alert-count"
        data-urgent={known && urgent > 0}
        data-none={known && open === 0}
      >
        {known ? open : '?'}
      </span>
    </Link>
  );
}
