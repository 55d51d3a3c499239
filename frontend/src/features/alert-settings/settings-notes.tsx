'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { AlertSettingsReport } from '@/api/types';
import { faultInWords, inputInWords } from './fault-in-words';

/** What no longer fits together since the values beneath have changed. */
export function SettingsNotes({ report }: { report: AlertSettingsReport }) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const locale = useLocale();
  const nameOf = (index: number) => report.schedules[index]?.name ?? t('schedule.unnamed', { number: index + 1 });
  return (
    <>
      {report.faults.length > 0 ? (
        <div className="grid gap-1 rounded border border-high p-3 text-sm text-high">
          <p className="font-semibold">{t('clash')}</p>
          <ul>
            {report.faults.map((fault) => (
              <li key={fault.path}>
                {inputInWords(fault.path, { t, rules, nameOf })}:{' '}
                {faultInWords(fault, { t, rules, unit: report.unit, locale })}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </>
  );
}
