import { getLocale, getTranslations } from 'next-intl/server';
import type { AlertSettingsReport } from '@/api/types';
import { formatInstant } from '@/format/time';

interface SettingsHistoryProps {
  history: AlertSettingsReport['history'];
  /** `null` where the settings belong to nobody's clock. */
  timeZone: string | null;
}

/** Who changed the settings when, newest first. */
export async function SettingsHistory({ history, timeZone }: SettingsHistoryProps) {
  const [t, locale] = await Promise.all([getTranslations('alertSettings'), getLocale()]);
  if (history.length === 0) return <p className="text-sm text-muted">{t('history.none')}</p>;
  return (
    <details className="card">
      <summary className="min-h-6 text-sm font-medium">{t('history.title')}</summary>
      <ol className="mt-2 grid gap-1 text-sm text-muted tabular-nums">
        {history.map(({ from, changedBy }) => (
          <li key={from}>
            {t('history.line', {
              time: `${formatInstant(from, timeZone ?? 'UTC', locale)}${timeZone ? '' : ' UTC'}`,
              name: changedBy.displayName,
            })}
          </li>
        ))}
      </ol>
    </details>
  );
}
