'use client';

import Link from 'next/link';
import { useTranslations } from 'next-intl';

interface ErrorPanelProps {
  error: Error & { digest?: string };
  retry: () => void;
}

/** What a failed page shows. The digest finds the error in the server's log; the message itself stays there. */
export function ErrorPanel({ error, retry }: ErrorPanelProps) {
  const t = useTranslations('errors');
  return (
    <main id="main" className="mx-auto grid max-w-lg justify-items-start gap-4 px-4 py-24">
      <h1 className="text-2xl font-semibold">{t('title')}</h1>
      <p className="text-muted">{t('body')}</p>
      {error.digest ? <p className="text-sm text-muted">{t('reference', { digest: error.digest })}</p> : null}
      <div className="flex flex-wrap gap-3">
        <button type="button" className="button button-primary" onClick={() => retry()}>
          {t('retry')}
        </button>
        <Link href="/patients" className="button">
          {t('toPatients')}
        </Link>
      </div>
    </main>
  );
}
