import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, IssuedForecast } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { formatShare } from '@/format/percent';
import { LOW_MGDL, wordsAfter } from './values';

interface ForecastStripProps {
  patientId: string;
  forecast: IssuedForecast;
  unit: GlucoseUnit;
}

/** The next hour in words. There is none where the newest reading is old: nothing stale is shown as to come. */
export async function ForecastStrip({ patientId, forecast, unit }: ForecastStripProps) {
  const [t, locale] = await Promise.all([getTranslations('forecast'), getLocale()]);
  const [half, hour] = [wordsAfter(forecast, 30, unit, locale), wordsAfter(forecast, 60, unit, locale)];
  return (
    <p className="no-print text-sm tabular-nums" role="group" aria-label={t('label')}>
      <span className="font-semibold">{t('label')}</span>{' '}
      {t('strip', {
        in30: half.middle,
        low30: half.low,
        high30: half.high,
        in60: hour.middle,
        low60: hour.low,
        high60: hour.high,
        unit,
        limit: `${formatGlucose(LOW_MGDL, unit, locale)} ${unit}`,
        chance: formatShare(100 * forecast.lowWithin[60], locale),
      })}{' '}
      <Link href={`/patients/${patientId}/forecast`} prefetch={false} className="link">
        {t('link')}
      </Link>
    </p>
  );
}
