'use client';

import { useRouter } from 'next/navigation';
import { useAlertWatch } from '@/features/alerts/alert-watch';
import { useLiveChanges } from './use-live-changes';

interface LiveRefreshProps {
  /** Only what concerns this patient; else of everybody. */
  patientId?: string;
  /** However much happens, the page is made anew no more often. */
  everyMs: number;
  /** What must not change under a pointer or a focus, as a selector. */
  hold?: string;
}

/** Has the server make the page anew when something on it has changed. */
export function LiveRefresh({ patientId, everyMs, hold }: LiveRefreshProps) {
  const router = useRouter();
  const isHeld = () => hold !== undefined && document.querySelector(hold)?.matches(':hover, :focus-within') === true;
  const concerns = (event: { readonly patientId: string }) => patientId === undefined || event.patientId === patientId;
  // Where nothing answers, a refresh would lead away from the page, and from what it still shows.
  const { connection } = useAlertWatch();
  const mayAct = () => connection === 'live' && navigator.onLine;
  useLiveChanges({ concerns, everyMs, mayAct, isHeld }, () => router.refresh());
  return null;
}
