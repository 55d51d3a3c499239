'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { type InboxState, inboxAddress } from './alerts-address';

export function EmptyInbox({ state }: { state: InboxState }) {
  const t = useTranslations('alerts');
  const isOpen = state === 'open';
  return (
    <section className="card grid justify-items-center gap-3 px-6 py-16 text-center">
      <h2 className="text-lg font-semibold">{t(isOpen ? 'emptyOpenTitle' : 'emptyAllTitle')}</h2>
      <p className="max-w-prose text-muted">{t(isOpen ? 'emptyOpenBody' : 'emptyAllBody')}</p>
      {isOpen ? (
        <Link href={inboxAddress({ state: 'all' })} className="button">
          {t('showAll')}
        </Link>
      ) : null}
    </section>
  );
}
