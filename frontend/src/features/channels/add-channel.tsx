'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useRef } from 'react';
import { add } from './actions';
import { AnswerNote } from './answer-note';
import { useAnswered } from './use-answered';

/** The time zone of this device: quiet hours are meant on its clock. */
export const deviceZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Adds an e-mail address, which is asked for a code, or a webhook, which is tried at once. */
export function AddChannel({ kind }: { kind: 'email' | 'webhook' }) {
  const t = useTranslations('channels');
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const { answer, pending, ask } = useAnswered();
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const address = String(new FormData(event.currentTarget).get('address') ?? '').trim();
    const shared = { label: address.slice(0, 60), timeZone: deviceZone() };
    const channel = kind === 'email' ? { kind, address, ...shared } : { kind, url: address, ...shared };
    ask(
      () => add(channel),
      (said) => said.done && form.current?.reset(),
    );
  };
  return (
    <form ref={form} onSubmit={onSubmit} className="grid gap-2">
      <p className="text-sm text-muted">{t(`add.${kind}.about`)}</p>
      <div className="flex flex-wrap items-end gap-2">
        <label className="grid min-w-0 flex-1 basis-60 gap-1 text-sm font-medium">
          {t(`add.${kind}.label`)}
          <input
            className="field"
            name="address"
            type={kind === 'email' ? 'email' : 'url'}
            required
            maxLength={2000}
            autoComplete={kind === 'email' ? 'email' : 'off'}
            aria-describedby={`${id}-note`}
          />
        </label>
        <button type="submit" aria-disabled={pending} className="button button-primary min-h-10">
          {t(pending ? 'working' : `add.${kind}.submit`)}
        </button>
      </div>
      <AnswerNote id={`${id}-note`} answer={answer} done={t(`add.${kind}.done`)} />
    </form>
  );
}
