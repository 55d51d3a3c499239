'use client';

import { useTranslations } from 'next-intl';
import { type FormEvent } from 'react';
import type { AlertChannel, AlertSeverity } from '@/api/types';
import { clockOf } from '@/format/time';
import { change } from './actions';
import { AnswerNote } from './answer-note';
import { useAnswered } from './use-answered';

const SEVERITIES: readonly AlertSeverity[] = ['urgent', 'warning', 'info'];
const minuteOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

/** Quiet hours have both ends or none: one alone would be dropped without a word. */
function requireBoth(form: HTMLFormElement): void {
  const ends = [...form.querySelectorAll<HTMLInputElement>('input[type=time]')];
  const isAny = ends.some(({ value }) => value !== '');
  for (const end of ends) end.required = isAny;
}

/** What a message says on a locked screen, and the hours in which less is sent. */
export function ChannelSettings({ channel }: { channel: AlertChannel }) {
  const t = useTranslations('channels');
  const { answer, pending, ask } = useAnswered();
  const { id, label, content, quietHours, timeZone } = channel;
  const [quiet] = quietHours;
  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '');
    const [from, to] = [text('from'), text('to')];
    const first =
      from && to ? [{ fromMinute: minuteOf(from), toMinute: minuteOf(to), least: text('least') as AlertSeverity }] : [];
    ask(() =>
      change(id, {
        label: text('label').trim() || label,
        content: text('content') === 'full' ? 'full' : 'private',
        quietHours: [...first, ...quietHours.slice(1)],
      }),
    );
  };
  return (
    <details>
      <summary className="min-h-6 text-sm font-medium">{t('settings.title')}</summary>
      <form
        key={JSON.stringify([label, content, quietHours])}
        onSubmit={onSubmit}
        onInput={({ currentTarget }) => requireBoth(currentTarget)}
        className="mt-3 grid gap-4 text-sm"
      >
        <label className="grid max-w-80 gap-1 font-medium">
          {t('settings.label')}
          <input className="field min-h-9" name="label" required maxLength={60} defaultValue={label} />
        </label>
        <fieldset className="grid gap-1">
          <legend className="font-medium">{t('settings.content')}</legend>
          {(['private', 'full'] as const).map((choice) => (
            <label key={choice} className="flex min-h-8 items-center gap-2">
              <input
                type="radio"
                name="content"
                value={choice}
                defaultChecked={choice === content}
                className="size-6 shrink-0"
              />
              {t(`settings.contents.${choice}`)}
            </label>
          ))}
        </fieldset>
        <fieldset className="grid gap-2">
          <legend className="font-medium">{t('settings.quiet')}</legend>
          <p className="text-muted">{t('settings.quietAbout', { zone: timeZone.replaceAll('_', ' ') })}</p>
          <div className="flex flex-wrap gap-3">
            {(['from', 'to'] as const).map((end) => (
              <label key={end} className="grid gap-1">
                {t(`settings.${end}`)}
                <input
                  type="time"
                  name={end}
                  defaultValue={quiet ? clockOf(end === 'from' ? quiet.fromMinute : quiet.toMinute) : ''}
                  className="field min-h-9 w-32"
                />
              </label>
            ))}
            <label className="grid gap-1">
              {t('settings.least')}
              <select name="least" defaultValue={quiet?.least ?? 'urgent'} className="field min-h-9 w-44">
                {SEVERITIES.map((severity) => (
                  <option key={severity} value={severity}>
                    {t(`settings.severities.${severity}`)}
                  </option>
                ))}
              </select>
            </label>
          </div>
          {quietHours.length > 1 ? <p className="text-muted">{t('settings.moreQuiet')}</p> : null}
        </fieldset>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" aria-disabled={pending} className="button">
            {t(pending ? 'working' : 'settings.save')}
          </button>
          <AnswerNote answer={answer} done={t('settings.saved')} />
        </div>
      </form>
    </details>
  );
}
