'use client';

import { useTranslations } from 'next-intl';
import type { LookState } from './actions';
import { AskForm } from './ask-form';

interface UnansweredProps {
  /** What became of each, in words, and asking it anew. */
  runs: ReadonlyArray<{
    algorithm: string;
    name: string;
    text: string;
    action: (previous: LookState) => Promise<LookState>;
  }>;
}

/** Questions whose last try came to no answer: a failure is not the same as nothing found. */
export function Unanswered({ runs }: UnansweredProps) {
  const t = useTranslations('findings');
  return (
    <section className="card grid gap-3" aria-labelledby="findings-unanswered">
      <h2 id="findings-unanswered" className="text-lg font-semibold">
        {t('unanswered.title')}
      </h2>
      <ul className="grid gap-4">
        {runs.map(({ algorithm, ...run }) => (
          <UnansweredRun key={algorithm} {...run} />
        ))}
      </ul>
    </section>
  );
}

function UnansweredRun({ name, text, action }: Omit<UnansweredProps['runs'][number], 'algorithm'>) {
  const t = useTranslations('findings');
  return (
    <li className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div>
        <p className="font-semibold">{name}</p>
        <p className="max-w-prose text-sm text-muted">{text}</p>
      </div>
      <AskForm action={action} label={t('unanswered.again', { name })} className="sm:justify-items-end">
        {t('unanswered.tryAgain')}
      </AskForm>
    </li>
  );
}
