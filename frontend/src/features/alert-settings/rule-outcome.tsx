'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { AlertStatistics } from '@/api/types';
import { fixedDecimals } from '@/format/number-format';
import { formatPercent } from '@/format/percent';

/** Whether a rule's alerts of the past fortnight were worth their noise. */
export function RuleOutcome({ outcome }: { outcome: AlertStatistics['rules'][number] }) {
  const t = useTranslations('alertSettings');
  const locale = useLocale();
  const { alerts, alertsPerDay, sounded, actedOnPercent, markedFalsePercent, medianSecondsToAcknowledge } = outcome;
  if (alerts === 0) return <p className="text-xs text-muted">{t('outcome.none')}</p>;
  const parts = [
    t('outcome.alerts', { count: alerts, perDay: fixedDecimals(locale, 1).format(alertsPerDay) }),
    t('outcome.sounded', { count: sounded }),
    actedOnPercent === null ? null : t('outcome.actedOn', { share: formatPercent(actedOnPercent, locale, 0) }),
    markedFalsePercent ? t('outcome.markedFalse', { share: formatPercent(markedFalsePercent, locale, 0) }) : null,
    medianSecondsToAcknowledge === null
      ? null
      : t('outcome.acknowledged', { minutes: Math.max(1, Math.round(medianSecondsToAcknowledge / 60)) }),
  ];
  return <p className="text-xs text-muted tabular-nums">{parts.filter((part) => part !== null).join(' · ')}</p>;
}
