'use client';

import { useTranslations } from 'next-intl';
import type { ChannelAnswer } from './actions';

interface AnswerNoteProps {
  id?: string;
  answer: ChannelAnswer | null;
  /** What is said where the server says no more than that it is done. */
  done: string;
}

/** What the server said, and the secret that it hands out. */
export function AnswerNote({ id, answer, done }: AnswerNoteProps) {
  const t = useTranslations('channels');
  const outcome = answer?.done ? answer.outcome : undefined;
  const failed = answer !== null && (!answer.done || (outcome !== undefined && outcome !== 'delivered'));
  return (
    <div id={id} className="grid gap-1 text-sm empty:hidden">
      <p role={failed ? 'alert' : 'status'} className={failed ? 'text-low' : 'text-in-range empty:hidden'}>
        {answer === null ? null : !answer.done ? answer.problem : outcome ? t(`outcomes.${outcome}`) : done}
      </p>
      {answer?.done && answer.secret ? (
        <p>
          {t('secret')} <code className="rounded bg-surface px-1 break-all select-all">{answer.secret}</code>
        </p>
      ) : null}
    </div>
  );
}
