'use client';

import { Globe, Mail, Webhook } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlertChannel } from '@/api/types';
import { formatInstant } from '@/format/time';
import { remove, showSecret, test } from './actions';
import { AnswerNote } from './answer-note';
import { ChannelSettings } from './channel-settings';
import { CodeForm } from './code-form';
import { useAnswered } from './use-answered';

const ICONS = { email: Mail, 'web-push': Globe, webhook: Webhook } as const;
const TONES = {
  unverified: 'text-high',
  unused: 'text-muted',
  ok: 'text-in-range',
  failing: 'text-low',
  disabled: 'text-low',
} as const;

/** One way to the person: whether it works, how it may be used, a test, and the end of it. */
export function ChannelCard({ channel }: { channel: AlertChannel }) {
  const t = useTranslations('channels');
  const locale = useLocale();
  const [isRemoving, setRemoving] = useState(false);
  const { answer, pending, ask } = useAnswered();
  const { id, kind, label, address, timeZone, verification } = channel;
  const { state, lastSuccessAt, lastFailureAt, lastFailure } = channel.health;
  const at = (instant: string) => formatInstant(instant, timeZone, locale);
  const Icon = ICONS[kind];
  const name = label === address ? address : `${label} (${address})`;
  const of = (action: 'test' | 'remove' | 'showSecret') => ({
    type: 'button' as const,
    'aria-disabled': pending,
    'aria-label': t('of', { action: t(action), name: label }),
  });
  return (
    <li className="card grid gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <Icon size={20} aria-hidden="true" className="mt-0.5 shrink-0" />
        <div className="min-w-0 flex-1 basis-56">
          <h3 className="font-semibold break-all">{name}</h3>
          <p className="text-sm text-muted">{t(`kinds.${kind}`)}</p>
          <p className={`text-sm font-medium ${TONES[state]}`}>{t(`health.${state}`)}</p>
          {lastSuccessAt ? <p className="text-sm text-muted">{t('lastSuccess', { time: at(lastSuccessAt) })}</p> : null}
          {lastFailureAt && lastFailure ? (
            <p className="text-sm text-muted">
              {t('lastFailure', { time: at(lastFailureAt), why: t(`outcomes.${lastFailure}`) })}
            </p>
          ) : null}
        </div>
        <div className="flex flex-wrap gap-2">
          {verification ? null : (
            <button {...of('test')} className="button px-3" onClick={() => ask(() => test(id))}>
              {t('test')}
            </button>
          )}
          {kind === 'webhook' ? (
            <button {...of('showSecret')} className="button px-3" onClick={() => ask(() => showSecret(id))}>
              {t('showSecret')}
            </button>
          ) : null}
          <button
            {...of('remove')}
            className="button px-3"
            aria-expanded={isRemoving}
            onClick={() => setRemoving(!isRemoving)}
          >
            {t('remove')}
          </button>
        </div>
      </div>
      {isRemoving ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <p>{t('removeSure')}</p>
          <button
            type="button"
            autoFocus
            aria-disabled={pending}
            className="button button-primary"
            onClick={() => ask(() => remove(id))}
          >
            {t(pending ? 'working' : 'removeNow')}
          </button>
          <button type="button" className="button" onClick={() => setRemoving(false)}>
            {t('cancel')}
          </button>
        </div>
      ) : null}
      <AnswerNote answer={answer} done="" />
      {verification ? <CodeForm channelId={id} verification={verification} at={at} /> : null}
      <ChannelSettings channel={channel} />
    </li>
  );
}
