'use client';

import { useState, useTransition } from 'react';
import type { ChannelAnswer } from './actions';

/** Asks the server for one thing at a time and keeps what it said. */
export function useAnswered() {
  const [answer, setAnswer] = useState<ChannelAnswer | null>(null);
  const [pending, start] = useTransition();
  const ask = (act: () => Promise<ChannelAnswer>, then?: (answer: ChannelAnswer) => void) =>
    start(async () => {
      const said = await act();
      setAnswer(said);
      then?.(said);
    });
  return { answer, pending, ask };
}
