'use client';

import { useLocale } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { formatInstant } from '@/format/time';

const never = () => () => undefined;

/** The zone of the person who looks; `null` on the server, which cannot know it. */
export function useViewerZone(): string | null {
  return useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => null,
  );
}

/** An instant on the clock of the person who looks: for what concerns that person alone. */
export function ViewerTime({ instant, withDate = false }: { instant: string | number; withDate?: boolean }) {
  const zone = useViewerZone();
  const locale = useLocale();
  const iso = new Date(instant).toISOString();
  return (
    <time dateTime={iso} className="tabular-nums">
      {zone ? formatInstant(iso, zone, locale, withDate) : '––:––'}
    </time>
  );
}
