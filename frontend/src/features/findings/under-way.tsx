'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

const POLL_MS = 2_000;

/** Has the page made anew until everything is answered. */
export function UnderWay({ count, stop }: { count: number; stop: () => Promise<void> }) {
  const t = useTranslations('findings');
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (navigator.onLine && document.visibilityState === 'visible') router.refresh();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <section className="card flex flex-wrap items-center justify-between gap-3">
      <p role="status">{t('underWay', { count })}</p>
      <form action={stop}>
        <button type="submit" className="button min-h-11">
          {t('cancel')}
        </button>
      </form>
    </section>
  );
}
