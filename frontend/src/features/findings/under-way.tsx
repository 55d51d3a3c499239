'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { LookState } from './actions';

const POLL_MS = 2_000;

interface UnderWayProps {
  count: number;
  stop: (previous: LookState) => Promise<LookState>;
}

/** Has the page made anew until everything is answered. */
export function UnderWay({ count, stop }: UnderWayProps) {
  const t = useTranslations('findings');
  const { state: problem, pending, form } = useFormAnswer<LookState>(stop, null, () => t('problem'));
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
      <form {...form} className="grid justify-items-end gap-2">
        <button type="submit" aria-disabled={pending} className="button min-h-11">
          {t('cancel')}
        </button>
        <p role="alert" className={problem ? 'text-sm text-low' : 'sr-only'}>
          {problem}
        </p>
      </form>
    </section>
  );
}
