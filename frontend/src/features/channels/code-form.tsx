'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId } from 'react';
import type { AlertChannel } from '@/api/types';
import { resendCode, verify } from './actions';
import { AnswerNote } from './answer-note';
import { useAnswered } from './use-answered';

interface CodeFormProps {
  channelId: string;
  verification: NonNullable<AlertChannel['verification']>;
  at: (instant: string) => string;
}

/** The code that was sent to an address: before it is entered no alert goes there. */
export function CodeForm({ channelId, verification, at }: CodeFormProps) {
  const t = useTranslations('channels');
  const id = useId();
  const { answer, pending, ask } = useAnswered();
  const again = useAnswered();
  const { codeSentAt, codeExpiresAt, attemptsLeft } = verification;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = String(new FormData(event.currentTarget).get('code') ?? '').replace(/\s/g, '');
    ask(() => verify(channelId, code));
  };
  return (
    <form onSubmit={onSubmit} className="grid gap-2 rounded border border-high p-3">
      <p className="text-sm">
        {codeSentAt
          ? t('code.sent', { time: at(codeSentAt), until: codeExpiresAt ? at(codeExpiresAt) : '–', left: attemptsLeft })
          : t('code.notSent')}
      </p>
      <div className="flex flex-wrap items-end gap-2">
        <label className="grid gap-1 text-sm font-medium">
          {t('code.label')}
          <input
            className="field w-36 font-mono"
            name="code"
            required
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]{6,8}"
            aria-describedby={`${id}-note`}
          />
        </label>
        <button type="submit" aria-disabled={pending} className="button button-primary min-h-10">
          {t(pending ? 'working' : 'code.submit')}
        </button>
        <button
          type="button"
          aria-disabled={again.pending}
          className="button min-h-10"
          onClick={() => again.ask(() => resendCode(channelId))}
        >
          {t('code.again')}
        </button>
      </div>
      <AnswerNote id={`${id}-note`} answer={answer} done={t('code.done')} />
      <AnswerNote answer={again.answer} done={t('code.sentAgain')} />
    </form>
  );
}
