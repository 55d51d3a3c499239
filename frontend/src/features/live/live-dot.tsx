'use client';

import { useTranslations } from 'next-intl';
import { useLive } from './use-live';

/** Whether the page follows what happens. The colour repeats the word. */
export function LiveDot() {
  const t = useTranslations('live');
  const { connection } = useLive();
  return (
    <span role="status" data-connection={connection} className="live-dot flex items-center gap-1.5 text-sm text-muted">
      <span aria-hidden="true" className={connection === 'live' ? 'text-in-range' : 'text-high'}>
        {connection === 'live' ? '●' : '○'}
      </span>
      <span className="sr-only sm:not-sr-only">{t(connection)}</span>
    </span>
  );
}
