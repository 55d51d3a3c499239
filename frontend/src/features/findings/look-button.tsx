'use client';

import { useTranslations } from 'next-intl';
import type { LookState } from './actions';
import { AskForm } from './ask-form';

interface LookButtonProps {
  /** Nobody has looked yet. */
  isFirst: boolean;
  action: (previous: LookState) => Promise<LookState>;
}

export function LookButton({ isFirst, action }: LookButtonProps) {
  const t = useTranslations('findings');
  const form = (
    <AskForm action={action} buttonClassName={isFirst ? 'button-primary' : ''}>
      {t(isFirst ? 'look' : 'lookAgain')}
    </AskForm>
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
