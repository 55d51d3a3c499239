'use client';

import { unstable_rethrow } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import type { ChannelAnswer } from './actions';

/** Asks the server for one thing at a time and keeps what it said; a request that is lost on its way is no error page. */
export function useAnswered() {
  const t = useTranslations('channels.problems');
  const [answer, setAnswer] = useState<ChannelAnswer | null>(null);
  const [pending, start] = useTransition();
  const ask = (act: () => Promise<ChannelAnswer>, then?: (answer: ChannelAnswer) => void) => {
    if (pending) return;
    start(async () => {
      const said = await act().catch((error: unknown): ChannelAnswer => {
        unstable_rethrow(error);
        return { done: false, problem: t('unavailable') };
      });
      setAnswer(said);
      then?.(said);
    });
  };
  return { answer, pending, ask };
}
