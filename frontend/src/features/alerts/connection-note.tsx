'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAlertWatch } from './alert-watch';
import { ViewerTime } from './viewer-time';

/** How far what is shown can be trusted. Empty while the server answers. */
export function ConnectionNote() {
  const t = useTranslations('alerts');
  const { connection, asOf } = useAlertWatch();
  return (
    <div role="status">
      {connection === 'live' ? null : (
        <p className="flex flex-wrap items-center gap-2 rounded border border-high px-3 py-2 text-sm text-high">
          <CloudOff size={16} aria-hidden="true" />
          <span>{t.rich(`connection.${connection}`, { time: () => <ViewerTime instant={asOf} /> })}</span>
          {connection === 'signed-out' ? (
            <a href="/sign-in?next=/alerts" className="link">
              {t('connection.signIn')}
            </a>
          ) : null}
        </p>
      )}
    </div>
  );
}
