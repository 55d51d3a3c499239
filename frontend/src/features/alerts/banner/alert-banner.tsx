'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import type { GlucoseUnit } from '@/api/types';
import { useAlertWatch } from '../alert-watch';
import { ConnectionNote } from '../connection-note';
import { useRinging } from '../sound/use-ringing';
import { useSound } from '../sound/use-sound';
import { isAsking } from './asking';
import { BannerItem } from './banner-item';
import { BannerSound } from './banner-sound';

/** A server that is away for a moment is no news. */
const NEWS_AFTER_MS = 30_000;

/** On every page: alerts that were made to sound and that nobody has answered, most pressing first, and their sound. */
export function AlertBanner({ unit }: { unit: GlucoseUnit | null }) {
  const t = useTranslations('alerts');
  const path = usePathname();
  const { alerts, connection, asOf, now } = useAlertWatch();
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const sound = useSound();
  const asking = useMemo(() => alerts && alerts.unanswered.filter(isAsking), [alerts]);
  useRinging(asking);

  // The inbox shows them all, with what can be done, and so does an alert's own page for its person.
  const looksAt = (asking ?? []).find(({ id }) => path === `/alerts/${id}`)?.patientId;
  const shown = (asking ?? []).filter(
    ({ id, severity, patientId }) => path !== '/alerts' && patientId !== looksAt && !later.has(`${id} ${severity}`),
  );
  const [first] = shown;
  const isCutOff = connection !== 'live' && (connection !== 'reconnecting' || now - asOf > NEWS_AFTER_MS);
  const hasNote = path.startsWith('/alerts');
  if (!first && (!isCutOff || hasNote)) return null;
  return (
    <section aria-label={t('banner.title')} className="alert-banner">
      <div className="mx-auto grid max-w-[90rem] gap-2 px-4 py-2">
        {isCutOff && !hasNote ? <ConnectionNote /> : null}
        {first ? (
          <>
            <BannerItem
              key={first.id}
              alert={first}
              unit={unit}
              onLater={
                first.severity === 'urgent'
                  ? null
                  : () => setLater(new Set([...later, `${first.id} ${first.severity}`]))
              }
            />
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm empty:hidden">
              <BannerSound sound={sound} />
              {shown.length > 1 ? (
                <Link href="/alerts" prefetch={false} className="link inline-flex min-h-6 items-center">
                  {t('banner.more', { count: shown.length - 1 })}
                </Link>
              ) : null}
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}
