'use server';

import { refresh } from 'next/cache';
import { getTranslations } from 'next-intl/server';
import {
  addChannel,
  changeChannel,
  removeChannel,
  secretOf,
  sendCode,
  testChannel,
  verifyChannel,
} from '@/api/channels';
import type { AlertChannelChange, ChannelTest, NewAlertChannel } from '@/api/types';
import { ApiProblem } from '@/session/api-problem';

/** What the server said. Nothing counts as done before. */
export type ChannelAnswer =
  | { readonly done: true; readonly secret?: string | null; readonly outcome?: ChannelTest['outcome'] }
  | { readonly done: false; readonly problem: string };

/** Adds a channel; a browser and a webhook are tried at once, since no alert goes where nothing ever arrived. */
export async function add(channel: NewAlertChannel): Promise<ChannelAnswer> {
  return answered(async () => {
    const { id, secret } = await addChannel(channel);
    if (channel.kind === 'email') return { done: true };
    const { outcome } = await testChannel(id);
    return { done: true, secret, outcome };
  });
}

export async function change(id: string, wanted: AlertChannelChange): Promise<ChannelAnswer> {
  return answered(async () => {
    await changeChannel(id, wanted);
    return { done: true };
  });
}

export async function remove(id: string): Promise<ChannelAnswer> {
  return answered(async () => {
    await removeChannel(id);
    return { done: true };
  });
}

export async function verify(id: string, code: string): Promise<ChannelAnswer> {
  return answered(async () => {
    await verifyChannel(id, code);
    return { done: true };
  });
}

export async function resendCode(id: string): Promise<ChannelAnswer> {
  return answered(async () => {
    await sendCode(id);
    return { done: true };
  });
}

export async function test(id: string): Promise<ChannelAnswer> {
  return answered(async () => ({ done: true, outcome: (await testChannel(id)).outcome }));
}

export async function showSecret(id: string): Promise<ChannelAnswer> {
  return answered(async () => ({ done: true, secret: await secretOf(id) }));
}

async function answered(act: () => Promise<ChannelAnswer>): Promise<ChannelAnswer> {
  const t = await getTranslations('channels.problems');
  try {
    const answer = await act();
    refresh();
    return answer;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    const [fault] = error.document.errors ?? [];
    // A refusal changes things as well, as the tries left of a code. What was tested and is gone stays to say so.
    if (!fault?.code.startsWith('removed')) refresh();
    if (fault) {
      const known = fault.code as 'wrong_code';
      return { done: false, problem: t.has(known) ? t(known) : fault.message };
    }
    if (error.status === 429) return { done: false, problem: t('tooMany', { seconds: error.retryAfterSeconds ?? 60 }) };
    if (error.status === 409) return { done: false, problem: t('conflict') };
    return { done: false, problem: t(error.status === 404 ? 'gone' : 'unavailable') };
  }
}
