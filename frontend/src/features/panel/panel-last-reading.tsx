import { Clock } from 'lucide-react';
import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, PanelItem } from '@/api/types';
import { ageInWords } from '@/features/patient/age';
import { formatReading } from '@/format/glucose';

const CENSORED = { low: '<', high: '>' } as const;

export async function PanelLastReading({ reading, unit }: { reading: PanelItem['lastReading']; unit: GlucoseUnit }) {
  const [t, p, locale] = await Promise.all([getTranslations('panel'), getTranslations('patient'), getLocale()]);
  if (!reading) return <span className="text-muted">{t('noReading')}</span>;
  const sign = reading.censored ? CENSORED[reading.censored] : '';
  const lost = reading.freshness === 'lost';
  const old = lost || reading.freshness === 'stale';
  return (
    <span className="inline-flex items-center justify-end gap-x-2 whitespace-nowrap">
      {lost ? null : (
        <span className={reading.freshness === 'current' ? 'font-semibold' : ''}>
          {sign}
          {formatReading(reading.value, reading.unit, unit, locale)}
          <span className="text-xs font-normal text-muted"> {unit}</span>
        </span>
      )}
      <span className={`inline-flex items-center gap-1 text-xs ${old ? 'text-high' : 'text-muted'}`}>
        {old ? <Clock size={12} aria-hidden="true" /> : null}
        {ageInWords(reading.ageMinutes, p)}
      </span>
    </span>
  );
}
