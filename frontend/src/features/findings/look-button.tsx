'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import type { LookState } from './actions';

interface LookButtonProps {
  /** Nobody has looked yet. */
  isFirst: boolean;
  action: (previous: LookState) => Promise<LookState>;
}

/** Works before the script has loaded. */
export function LookButton({ isFirst, action }: LookButtonProps) {
  const t = useTranslations('findings');
  const [problem, submit, pending] = useActionState(action, null);
  const form = (
    <form action={submit} className="grid justify-items-start gap-2">
      <button
        type="submit"
        aria-disabled={pending}
        onClick={(event) => pending && event.preventDefault()}
        className={`button min-h-11 ${isFirst ? 'button-primary' : ''}`}
      >
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
