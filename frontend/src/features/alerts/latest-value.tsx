'use client';

import { Clock } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { GlucoseUnit, LatestReading } from '@/api/types';
import { TrendArrow } from '@/features/patient/trend-arrow';
import { formatRate } from '@/format/glucose';
import { ageInWords } from './duration';
import { freshnessAt } from './freshness';
import { valueAlone, valueInWords } from './value-in-words';

interface LatestValueProps {
  reading: LatestReading;
  unit: GlucoseUnit;
  /** The server's clock, ms since the epoch: the value grows old on the screen as well, also without a network. */
  now: number;
}

/** The newest value with trend and age. What has become too old is not shown as a present value any more. */
export function LatestValue({ reading, unit, now }: LatestValueProps) {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const freshness = freshnessAt(reading, now);
  const age = ageInWords(reading.measuredAt, now, t);
  if (freshness === 'lost') {
    return (
      <div role="group" aria-label={t('latest.label')} data-freshness={freshness}>
        <p className="text-xl font-semibold text-muted">
          <span aria-hidden="true">–</span>
          <span className="sr-only">{t('latest.lost')}</span>
        </p>
        <p className="flex items-center gap-1 text-xs font-medium text-high tabular-nums">
          <Clock size={12} aria-hidden="true" />
          {t('latest.last', { value: valueInWords(reading, unit, locale), age })}
        </p>
      </div>
    );
  }
  const trend = freshness === 'stale' ? null : reading.trendMgdlPerMinute;
  return (
    <div role="group" aria-label={t('latest.label')} data-freshness={freshness}>
      <p className="flex items-center gap-1.5">
        <span className="text-xl font-semibold tabular-nums">{valueAlone(reading, unit, locale)}</span>
        <span className="text-sm text-muted">{unit}</span>
        {trend === null ? null : (
          <TrendArrow mgdlPerMinute={trend} label={t('rate', { rate: formatRate(trend, unit, locale), unit })} />
        )}
      </p>
      <p
        className={`flex items-center gap-1 text-xs tabular-nums ${freshness === 'stale' ? 'font-medium text-high' : 'text-muted'}`}
      >
        {freshness === 'stale' ? <Clock size={12} aria-hidden="true" /> : null}
        {age}
      </p>
    </div>
  );
}
