'use client';

import { useTranslations } from 'next-intl';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { LookState } from './actions';

interface LookButtonProps {
  /** Nobody has looked yet. */
  isFirst: boolean;
  action: (previous: LookState) => Promise<LookState>;
}

/** Works before the script has loaded. */
export function LookButton({ isFirst, action }: LookButtonProps) {
  const t = useTranslations('findings');
  const { state: problem, pending, form: handlers } = useFormAnswer<LookState>(action, null, () => t('problem'));
  const form = (
    <form {...handlers} className="no-print grid justify-items-start gap-2">
      <button type="submit" aria-disabled={pending} className={`button min-h-11 ${isFirst ? 'button-primary' : ''}`}>
        {pending ? t('asking') : t(isFirst ? 'look' : 'lookAgain')}
      </button>
      <p role="alert" className={problem ? 'text-sm text-low' : 'sr-only'}>
        {problem}
      </p>
    </form>
  );
  if (!isFirst) return form;
  return (
    <section className="card grid gap-3">
      <h2 className="text-lg font-semibold">{t('emptyTitle')}</h2>
      <p className="max-w-prose text-muted">{t('emptyBody')}</p>
      {form}
    </section>
  );
}
