'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { Alert, GlucoseUnit } from '@/api/types';
import { convertGlucose, formatRate } from '@/format/glucose';
import { TrendArrow } from '@/features/patient/trend-arrow';
import { ageInWords } from './duration';
import { LatestValue } from './latest-value';
import { valueInWords } from './value-in-words';

interface AlertValueProps {
  alert: Alert;
  unit: GlucoseUnit | null;
  now: number;
}

/** What glucose is now, as far as that is known, and beneath it what the alert opened on. */
export function AlertValue({ alert, unit, now }: AlertValueProps) {
  const t = useTranslations('alerts');
  const { latestReading } = alert;
  return (
    <div className="grid gap-0.5 leading-tight">
      {alert.state !== 'open' ? null : latestReading ? (
        <LatestValue reading={latestReading} unit={unit ?? latestReading.unit} now={now} />
      ) : (
        <p className="text-sm text-muted">{t('latest.none')}</p>
      )}
      <OpeningValue alert={alert} unit={unit} now={now} />
    </div>
  );
}

/** The value an alert opened on, with its age: it is never shown as if it were now. */
function OpeningValue({ alert, unit, now }: AlertValueProps) {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const { readings, ratePerMinute, expected } = alert.evidence;
  const reading = readings.at(-1);
  if (!reading) return null;
  const shown = unit ?? reading.unit;
  const rate = ratePerMinute && convertGlucose(ratePerMinute.value, ratePerMinute.unit, 'mg/dL');
  return (
    <>
      <p className="flex items-center gap-1 text-xs text-muted tabular-nums">
        {t('openedOn', {
          value: valueInWords(reading, shown, locale),
          age: ageInWords(reading.measuredAt, now, t),
        })}
        {rate === null ? null : (
          <TrendArrow
            size={14}
            mgdlPerMinute={rate}
            label={t('openedRate', { rate: formatRate(rate, shown, locale), unit: shown })}
          />
        )}
      </p>
      {expected && alert.rule.startsWith('predicted') ? (
        <p className="text-xs text-muted tabular-nums">
          {t('expected', {
            value: valueInWords({ ...expected, censored: null }, shown, locale),
            minutes: expected.minutes,
          })}
        </p>
      ) : null}
    </>
  );
}
