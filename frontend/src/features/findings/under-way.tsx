'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { LookState } from './actions';

const POLL_MS = 2_000;

interface UnderWayProps {
  /** Part 0 to 1 of each that is done. */
  runs: ReadonlyArray<{ id: string; name: string; progress: number }>;
  stop: (previous: LookState) => Promise<LookState>;
}

/** Has the page made anew until everything is answered. */
export function UnderWay({ runs, stop }: UnderWayProps) {
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
    <section className="card no-print flex flex-wrap items-center justify-between gap-3">
      <div className="grid grow gap-2">
        <p role="status">{t('underWay', { count: runs.length })}</p>
        <ul className="grid gap-2 text-sm">
          {runs.map(({ id, name, progress }) => (
            <li key={id} className="grid gap-x-3 gap-y-1 sm:grid-cols-[10rem_minmax(0,1fr)] sm:items-center">
              <progress aria-label={name} max="1" value={progress} className="import-progress" />
              <span className="text-muted">{name}</span>
            </li>
          ))}
        </ul>
      </div>
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
