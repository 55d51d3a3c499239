'use client';

import { useTranslations } from 'next-intl';
import { ViewerTime } from './viewer-time';

const CHOICES_MINUTES = [15, 30, 60, 120, 480] as const;

interface SnoozePanelProps {
  title: string;
  now: number;
  pending: boolean;
  onChoose: (minutes: number) => void;
  onCancel: () => void;
}

/** How long to stay silent: every choice names the end, on the clock of whoever chooses. */
export function SnoozePanel({ title, now, pending, onChoose, onCancel }: SnoozePanelProps) {
  const t = useTranslations('alerts');
  const lengthOf = (minutes: number) =>
    minutes < 60 ? t('snoozing.minutes', { count: minutes }) : t('snoozing.hours', { count: minutes / 60 });
  return (
    <fieldset className="grid gap-2 rounded border border-border bg-surface p-3">
      <legend className="sr-only">{title}</legend>
      <p className="text-sm font-semibold" aria-hidden="true">
        {title}
      </p>
      <p className="text-sm text-muted">{t('snoozing.rule')}</p>
      <div className="flex flex-wrap gap-2">
        {CHOICES_MINUTES.map((minutes, index) => (
          <button
            key={minutes}
            type="button"
            autoFocus={index === 0}
            aria-disabled={pending}
            onClick={() => (pending ? undefined : onChoose(minutes))}
            className="button tabular-nums"
          >
            {t.rich('snoozing.choice', {
              duration: lengthOf(minutes),
              time: () => <ViewerTime instant={now + minutes * 60_000} />,
            })}
          </button>
        ))}
        <button type="button" onClick={onCancel} className="button border-transparent bg-transparent">
          {t('actions.cancel')}
        </button>
      </div>
      {pending ? <p className="text-sm">{t('snoozing.waiting')}</p> : null}
    </fieldset>
  );
}
