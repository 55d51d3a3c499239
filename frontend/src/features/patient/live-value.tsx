import { Clock } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, Overview } from '@/api/types';
import { formatRate, formatReading } from '@/format/glucose';
import { formatInstant } from '@/format/time';
import { ageInWords } from './age';
import { TrendArrow } from './trend-arrow';

interface LiveValueProps {
  reading: Overview['lastReading'];
  unit: GlucoseUnit;
  timeZone: string;
}

const CENSORED = { low: '<', high: '>' } as const;
const MINUTES_PER_DAY = 1440;

/** The latest value with its age. An old value is never shown as if it were now: the API says how fresh it is. */
export async function LiveValue({ reading, unit, timeZone }: LiveValueProps) {
  const [t, locale] = await Promise.all([getTranslations('patient'), getLocale()]);
  if (!reading) {
    return <p className="text-sm text-muted">{t('live.none')}</p>;
  }
  const sign = reading.censored ? CENSORED[reading.censored] : '';
  const value = `${sign}${formatReading(reading.value, reading.unit, unit, locale)}`;
  const { freshness } = reading;
  if (freshness === 'lost') {
    const old = reading.ageMinutes >= MINUTES_PER_DAY;
    const time = formatInstant(reading.measuredAt, timeZone, locale, old);
    return (
      <p className="text-right leading-tight" aria-label={t('live.label')} role="group">
        <span className="block text-2xl font-semibold text-muted">
          <span aria-hidden="true">–</span>
          <span className="sr-only">{t('live.lost')}</span>
        </span>
        <span className="text-sm text-muted tabular-nums">
          {t(old ? 'live.lastOn' : 'live.last', { value: `${value} ${unit}`, time })}
        </span>
      </p>
    );
  }
  const fresh = freshness === 'current' || freshness === 'delayed';
  const trend = reading.trendMgdlPerMinute;
  return (
    <p className="text-right leading-tight" aria-label={t('live.label')} role="group">
      <span className="flex items-baseline justify-end gap-1.5">
        <span className="text-3xl font-semibold tabular-nums">{value}</span>
        <span className="text-sm text-muted">{unit}</span>
        {fresh && trend !== null ? (
          <TrendArrow mgdlPerMinute={trend} label={t('live.rate', { rate: formatRate(trend, unit, locale), unit })} />
        ) : null}
      </span>
      <span
        className={`inline-flex items-center gap-1 text-sm tabular-nums ${freshness === 'stale' ? 'font-medium text-high' : 'text-muted'}`}
      >
        {freshness === 'stale' ? <Clock size={14} aria-hidden="true" /> : null}
        {ageInWords(reading.ageMinutes, t)}
        {fresh && trend !== null ? ` · ${formatRate(trend, unit, locale)}/min` : null}
      </span>
    </p>
  );
}
