import type { Metadata } from 'next';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import { getAlerts } from '@/api/client';
import { INBOX_PAGE, inboxAddress, parseInboxAddress } from '@/features/alerts/alerts-address';
import { AlertLinks } from '@/features/alerts/alert-links';
import { ConnectionNote } from '@/features/alerts/connection-note';
import { Inbox } from '@/features/alerts/inbox';
import { SoundBar } from '@/features/alerts/sound/sound-bar';
import { unitFor } from '@/preferences/unit-for';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('alerts'))('title') };
}

export default async function AlertsPage({ searchParams }: PageProps<'/alerts'>) {
  const query = await searchParams;
  const address = parseInboxAddress(query);
  const { state, patientId, cursor } = address;
  const [inbox, unit, t] = await Promise.all([
    getAlerts({ ...address, limit: INBOX_PAGE }),
    unitFor(query['unit']),
    getTranslations('alerts'),
  ]);
  return (
    <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-4 py-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h1 className="text-2xl font-semibold">{t('title')}</h1>
          <p className="text-sm text-muted">{t('intro')}</p>
        </div>
        <nav aria-label={t('filters')} className="no-print flex rounded border border-border">
          {(['open', 'all'] as const).map((choice) => (
            <Link
              key={choice}
              href={inboxAddress({ state: choice, patientId })}
              prefetch={false}
              aria-current={choice === state ? 'true' : undefined}
              className="toggle first:rounded-l last:rounded-r"
            >
              {t(`states.${choice}`)}
            </Link>
          ))}
        </nav>
      </div>
      <ConnectionNote />
      <SoundBar />
      {patientId ? (
        <p className="flex flex-wrap gap-x-2 text-sm">
          {t('onePatient')}
          <Link href={inboxAddress({ state })} className="link">
            {t('everybody')}
          </Link>
        </p>
      ) : null}
      <Inbox key={inboxAddress(address)} initial={inbox} address={address} unit={unit} />
      <div className="flex flex-wrap gap-3">
        {cursor ? (
          <Link href={inboxAddress({ state, patientId })} className="button">
            {t('first')}
          </Link>
        ) : null}
        {inbox.nextCursor ? (
          <Link href={inboxAddress({ state, patientId, cursor: inbox.nextCursor })} className="button">
            {t('next')}
          </Link>
        ) : null}
      </div>
      <AlertLinks />
      <p className="hidden text-xs text-muted lg:block">{t('keys')}</p>
    </main>
  );
}
