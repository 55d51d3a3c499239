'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { Alert, GlucoseUnit } from '@/api/types';
import { TrendArrow } from '@/features/patient/trend-arrow';
import { convertGlucose, formatRate, formatReading } from '@/format/glucose';
import { ageInWords } from './duration';

const CENSORED = { low: '<', high: '>' } as const;

/** The value an alert opened on, with its trend and its age: it is never shown as if it were now. */
export function AlertValue({ alert, unit, now }: { alert: Alert; unit: GlucoseUnit | null; now: number }) {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const { readings, ratePerMinute, expected } = alert.evidence;
  const reading = readings.at(-1);
  if (!reading) return <p className="text-sm text-muted">{t('noValue')}</p>;
  const shown = unit ?? reading.unit;
  const sign = reading.censored ? CENSORED[reading.censored] : '';
  const rate = ratePerMinute && convertGlucose(ratePerMinute.value, ratePerMinute.unit, 'mg/dL');
  return (
    <div className="leading-tight">
      <p className="flex items-center gap-1.5">
        <span className="text-xl font-semibold tabular-nums">
          {sign}
          {formatReading(reading.value, reading.unit, shown, locale)}
        </span>
        <span className="text-sm text-muted">{shown}</span>
        {rate === null ? null : (
          <TrendArrow mgdlPerMinute={rate} label={t('rate', { rate: formatRate(rate, shown, locale), unit: shown })} />
        )}
      </p>
      <p className="text-xs text-muted tabular-nums">
        {t('atOpening', { age: ageInWords(reading.measuredAt, now, t) })}
      </p>
      {expected && alert.rule.startsWith('predicted') ? (
        <p className="text-xs text-muted tabular-nums">
          {t('expected', {
            value: `${formatReading(expected.value, expected.unit, shown, locale)} ${shown}`,
            minutes: expected.minutes,
          })}
        </p>
      ) : null}
    </div>
  );
}
