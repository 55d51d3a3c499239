'use client';

import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import type { AlertRule, ReplayedAlerts, WhatIfReport } from '@/api/types';
import { fixedDecimals } from '@/format/number-format';
import { formatPercent } from '@/format/percent';
import { RULES } from './fields';

const alertsOf = ({ byRule }: ReplayedAlerts, rule: AlertRule): number =>
  byRule.filter((one) => one.rule === rule).reduce((sum, { alerts }) => sum + alerts, 0);

/** What the settings in the form would have meant in the past fortnight, beside those that hold. Nothing is saved by it. */
export function WhatIfTable({ report }: { report: WhatIfReport }) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const locale = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [report]);
  const { present, proposed, days, activePercent } = report;
  const perDay = (count: number) => fixedDecimals(locale, 1).format(count);
  const rows: [string, string, string][] = [
    [t('preview.alertsPerDay'), perDay(present.alertsPerDay), perDay(proposed.alertsPerDay)],
    [t('preview.soundingsPerDay'), perDay(present.soundingsPerDay), perDay(proposed.soundingsPerDay)],
    [t('preview.nights', { days }), String(present.nightsDisturbed), String(proposed.nightsDisturbed)],
    ...RULES.map((rule): [string, string, string] => [
      rules(`rules.${rule}`),
      String(alertsOf(present, rule)),
      String(alertsOf(proposed, rule)),
    ]).filter(([, before, after]) => before !== '0' || after !== '0'),
  ];
  return (
    <section aria-labelledby="preview-title" className="card grid gap-2">
      <h2 id="preview-title" ref={heading} tabIndex={-1} className="text-base font-semibold outline-none">
        {t('preview.title', { days })}
      </h2>
      <p className="text-sm text-muted">{t('preview.about', { active: formatPercent(activePercent, locale, 0) })}</p>
      <table className="w-full max-w-xl text-sm tabular-nums">
        <thead>
          <tr className="border-b border-border text-left">
            <th scope="col" className="py-1 font-medium">
              {t('preview.what')}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t('preview.present')}
            </th>
            <th scope="col" className="py-1 text-right font-medium">
              {t('preview.proposed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, before, after]) => (
            <tr key={name} className="border-b border-border last:border-0">
              <th scope="row" className="py-1 text-left font-normal">
                {name}
              </th>
              <td className="py-1 text-right">{before}</td>
              <td className={`py-1 text-right ${before === after ? '' : 'font-semibold'}`}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
