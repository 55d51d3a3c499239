import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { PanelItem } from '@/api/types';
import { formatChance } from '@/format/percent';
import { formatDay } from '@/format/time';

/** How likely the next fortnight has more lows than the goal, and from which day it counts; or why nothing is told. */
export async function LowHintCell({ item: { id, displayName, lowRisk } }: { item: PanelItem }) {
  const [t, locale] = await Promise.all([getTranslations('lowsAhead'), getLocale()]);
  if ('unavailable' in lowRisk) {
    const reason = t(`none.${lowRisk.unavailable}`);
    return (
      <span className="text-muted" title={reason}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{reason}</span>
      </span>
    );
  }
  const [chance, day] = [formatChance(lowRisk.chance, locale), formatDay(lowRisk.firstDay, locale, 'short')];
  return (
    <Link
      href={`/patients/${id}/findings#findings-risk`}
      prefetch={false}
      className="relative z-10 inline-flex min-h-6 flex-col justify-center hover:underline xl:items-end"
    >
      <span className="font-semibold">{chance}</span>
      <span className="text-xs whitespace-nowrap text-muted">{t('from', { day })}</span>
      <span className="sr-only">{t('reasons', { name: displayName })}</span>
    </Link>
  );
}
