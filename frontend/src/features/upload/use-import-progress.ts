'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { ImportReport } from '@/api/types';
import { isUnderWay } from './import-states';

const POLL_MS = 1000;
const RETRY_MS = 4000;

type Watched = Pick<ImportReport, 'status' | 'progress'>;

/** Asks once a second until the import has ended, then calls `onEnd`; goes on asking when the connection is lost. */
export function useImportProgress(importId: string, initial: Watched, onEnd: () => void) {
  const [watched, setWatched] = useState<Watched>(initial);
  const [lost, setLost] = useState(false);
  const end = useEffectEvent(onEnd);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const stop = new AbortController();
    const ask = async () => {
      try {
        const response = await fetch(`/api/v1/imports/${importId}`, { signal: stop.signal, cache: 'no-store' });
        if (response.status === 401 || response.status === 404) return end();
        if (!response.ok) throw new Error('unavailable');
        const report = (await response.json()) as Watched;
        setLost(false);
        setWatched(report);
        if (!isUnderWay(report.status)) return end();
        timer = setTimeout(ask, POLL_MS);
      } catch {
        if (stop.signal.aborted) return;
        setLost(true);
        timer = setTimeout(ask, RETRY_MS);
      }
    };
    timer = setTimeout(ask, POLL_MS / 2);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [importId]);

  return { ...watched, lost };
}
