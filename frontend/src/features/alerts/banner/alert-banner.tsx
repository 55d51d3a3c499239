'use client';

import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { GlucoseUnit } from '@/api/types';
import { useAlertWatch } from '../alert-watch';
import { ConnectionNote } from '../connection-note';
import { useRinging } from '../sound/use-ringing';
import { useSound } from '../sound/use-sound';
import { isAsking, isOnPage } from './asking';
import { BannerItem } from './banner-item';
import { BannerSound } from './banner-sound';
import { focusAfterAnswer } from './focus-after-answer';
import { HAND_MS, steadyAlert } from './steady';

/** A server that is away for a moment is no news. */
const NEWS_AFTER_MS = 30_000;

interface Standing {
  readonly id: string | null;
  /** Whether it came in the place of another. */
  readonly swapped: boolean;
}

/** On every page: alerts that were made to sound and that nobody has answered, most pressing first, and their sound. */
export function AlertBanner({ unit }: { unit: GlucoseUnit | null }) {
  const t = useTranslations('alerts');
  const path = usePathname();
  const query = useSearchParams();
  const { alerts, connection, asOf, now, refresh } = useAlertWatch();
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const sound = useSound();
  const asking = useMemo(() => alerts && alerts.unanswered.filter(isAsking), [alerts]);
  useRinging(asking);

  const shown = (asking ?? []).filter(
    ({ id, severity }) => !isOnPage(id, path, query) && !later.has(`${id} ${severity}`),
  );
  const [handAt, setHandAt] = useState<number | null>(null);
  const [standing, setStanding] = useState<Standing>({ id: null, swapped: false });
  const first = steadyAlert(shown, standing.id, handAt !== null && now - handAt < HAND_MS);
  const id = first?.id ?? null;
  if (id !== standing.id) setStanding({ id, swapped: id !== null && standing.id !== null });

  const section = useRef<HTMLElement>(null);
  const answered = useRef<string | null>(null);
  const standingId = useRef<string | null>(null);
  // The alert may go before its answer is confirmed: other tabs and the live events hear of it as soon.
  const followAnswer = () => {
    if (answered.current === null || answered.current === standingId.current) return;
    answered.current = null;
    focusAfterAnswer(section.current);
  };
  const onSwap = useEffectEvent(() => {
    standingId.current = id;
    followAnswer();
  });
  useEffect(() => onSwap(), [id]);
  const hand = () => setHandAt(now);

  const isCutOff = connection !== 'live' && (connection !== 'reconnecting' || now - asOf > NEWS_AFTER_MS);
  const hasNote = path.startsWith('/alerts');
  if (!first && (!isCutOff || hasNote)) return null;
  return (
    <section
      ref={section}
      aria-label={t('banner.title')}
      className="alert-banner"
      onPointerEnter={hand}
      onPointerMove={hand}
      onPointerDown={hand}
      onPointerLeave={() => setHandAt(null)}
      onFocus={hand}
      onKeyDown={hand}
    >
      <div className="mx-auto grid max-w-[90rem] gap-2 px-4 py-2">
        {isCutOff && !hasNote ? <ConnectionNote /> : null}
        {first ? (
          <>
            <BannerItem
              key={first.id}
              alert={first}
              unit={unit}
              swapped={standing.swapped}
              onAnswered={() => {
                answered.current = first.id;
                followAnswer();
                refresh();
              }}
              onLater={
                first.severity === 'urgent'
                  ? null
                  : () => setLater(new Set([...later, `${first.id} ${first.severity}`]))
              }
            />
            <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm empty:hidden">
              <BannerSound sound={sound} />
              {shown.length > 1 ? (
                <Link href="/alerts" prefetch={false} className="link inline-flex min-h-6 items-center">
                  {t('banner.more', { count: shown.length - 1 })}
                </Link>
              ) : null}
            </div>
          </>
        ) : null}
      </div>
    </section>
  );
}
