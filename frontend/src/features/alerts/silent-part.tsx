'use client';

import { useTranslations } from 'next-intl';
import type { Alert } from '@/api/types';
import { ViewerTime } from './viewer-time';

/**
 * Which of sensor and uploader is silent, while an alert about silence is open. With the time at which it was heard: how long
 * ago that was would grow although the uploader goes on reporting.
 */
export function SilentPart({ alert, className = 'text-xs' }: { alert: Alert; className?: string }) {
  const t = useTranslations('silence');
  const { uploader } = alert.evidence;
  if (!uploader || alert.state !== 'open') return null;
  const { silent, heardAt } = uploader;
  if (heardAt === null) return <p className={`${className} text-muted`}>{t('never')}</p>;
  return (
    <p className={`${className} text-muted`}>
      {t.rich(silent, { time: () => <ViewerTime instant={heardAt} withDate /> })}
    </p>
  );
}
