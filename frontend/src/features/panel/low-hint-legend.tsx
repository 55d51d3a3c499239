import Link from 'next/link';
import { getLocale, getTranslations } from 'next-intl/server';
import type { GlucoseUnit, Panel } from '@/api/types';
import { formatGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import { type PanelAddress, panelAddress } from './panel-query';

interface LowHintLegendProps {
  trust: Panel['lowRiskTrust'];
  address: PanelAddress;
}

/** What the chance of lows says, and how far it held among real people. */
export async function LowHintLegend({ trust, address }: LowHintLegendProps) {
  const [t, locale] = await Promise.all([getTranslations('lowsAhead'), getLocale()]);
  const glucose = (mgdl: number, unit: GlucoseUnit) => formatGlucose(mgdl, unit, locale);
  const isSorted = address.sort === 'low-risk';
  return (
    <section aria-labelledby="lows-ahead" className="grid max-w-prose gap-1 text-xs text-muted">
      <h2 id="lows-ahead" className="text-sm font-semibold text-text">
        {t('title')}
      </h2>
      <p>{t('what', { mgdl: glucose(70, 'mg/dL'), mmol: glucose(70, 'mmol/L') })}</p>
      <p>
        {t('trust', {
          ...trust,
          veryLow: glucose(54, 'mg/dL'),
          veryLowMmol: glucose(54, 'mmol/L'),
          expected: fixedDecimals(locale, 0).format(trust.expected),
        })}
      </p>
      <p className="no-print text-sm">
        <Link
          href={panelAddress({ ...address, cursor: null, sort: isSorted ? null : 'low-risk' })}
          prefetch={false}
          className="text-accent underline"
        >
          {t(isSorted ? 'sortByUrgency' : 'sortByChance')}
        </Link>
      </p>
    </section>
  );
}
