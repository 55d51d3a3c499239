'use client';

import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { add, type ChannelAnswer } from './actions';
import { deviceZone } from './add-channel';
import { AnswerNote } from './answer-note';
import { useAnswered } from './use-answered';

const WORKER = '/alerts-worker.js';

/** `unsupported`: this browser, or this address without encryption, has no push. */
type Permission = 'unknown' | 'unsupported' | NotificationPermission;

const never = () => () => undefined;
const permissionNow = (): Permission =>
  'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis
    ? Notification.permission
    : 'unsupported';

/** Adds this browser. The permission is asked for by the press alone, and told as it stands. */
export function AddBrowser({ publicKey }: { publicKey: string }) {
  const t = useTranslations('channels');
  const permission = useSyncExternalStore(never, permissionNow, (): Permission => 'unknown');
  const { answer, pending, ask } = useAnswered();
  const subscribe = async (): Promise<ChannelAnswer> => {
    if ((await Notification.requestPermission()) !== 'granted') {
      return { done: false, problem: t('browser.states.denied') };
    }
    let subscription: { endpoint: string; keys: { p256dh: string; auth: string } };
    try {
      await navigator.serviceWorker.register(WORKER);
      const { pushManager } = await navigator.serviceWorker.ready;
      const subscribed = await pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytesOf(publicKey),
      });
      const { endpoint, keys } = subscribed.toJSON();
      const { p256dh, auth } = keys ?? {};
      if (!endpoint || !p256dh || !auth) throw new Error('no subscription');
      subscription = { endpoint, keys: { p256dh, auth } };
    } catch {
      return { done: false, problem: t('browser.failed') };
    }
    const label = t('browser.name', { platform: navigator.platform || '–' }).slice(0, 60);
    return add({ kind: 'web-push', subscription, label, timeZone: deviceZone() });
  };
  const canAsk = permission === 'default' || permission === 'granted';
  return (
    <div className="grid gap-2">
      <p className="text-sm text-muted">{t('browser.about')}</p>
      {permission === 'unknown' ? null : (
        <p className={`text-sm ${canAsk ? '' : 'text-high'}`}>{t(`browser.states.${permission}`)}</p>
      )}
      <button
        type="button"
        disabled={!canAsk}
        aria-disabled={pending}
        className="button button-primary justify-self-start"
        onClick={() => ask(subscribe)}
      >
        {t(pending ? 'working' : 'browser.submit')}
      </button>
      <AnswerNote answer={answer} done={t('browser.done')} />
    </div>
  );
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
