'use client';

import { useRouter } from 'next/navigation';
import { useAlertWatch } from '@/features/alerts/alert-watch';
import type { LiveEvent } from './live-event';
import { useLiveChanges } from './use-live-changes';

type LiveKind = Exclude<LiveEvent, { readonly kind: 'reset' }>['kind'];

interface LiveRefreshProps {
  /** Only what concerns this patient; else of everybody. */
  patientId?: string;
  /** Only events of these kinds; else of all. */
  kinds?: readonly LiveKind[];
  /** However much happens, the page is made anew no more often. */
  everyMs: number;
  /** What must not change under a pointer or a focus, as a selector. */
  hold?: string;
}

/** Has the server make the page anew when something on it has changed. */
export function LiveRefresh({ patientId, kinds, everyMs, hold }: LiveRefreshProps) {
  const router = useRouter();
  const isHeld = () => hold !== undefined && document.querySelector(hold)?.matches(':hover, :focus-within') === true;
  const concerns = ({ kind, patientId: of }: { readonly kind: LiveKind; readonly patientId: string }) =>
    (patientId === undefined || of === patientId) && (kinds === undefined || kinds.includes(kind));
  // Where nothing answers, a refresh would lead away from the page, and from what it still shows.
  const { connection } = useAlertWatch();
  const mayAct = () => connection === 'live' && navigator.onLine;
  useLiveChanges({ concerns, everyMs, mayAct, isHeld }, () => router.refresh());
  return null;
}
