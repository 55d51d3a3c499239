import type { useTranslations } from 'next-intl';

export type AlertTexts = ReturnType<typeof useTranslations<'alerts'>>;

const MINUTE_MS = 60_000;

/** "4 min", "2 h 05 min", "3 days". */
export function durationInWords(ms: number, t: AlertTexts): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (minutes < 60) return t('ages.minutes', { count: minutes });
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return t('ages.days', { count: Math.floor(hours / 24) });
  return t('ages.hours', { hours, minutes: String(minutes % 60).padStart(2, '0') });
}

/** How long ago an ISO instant was. */
export function ageInWords(instant: string, now: number, t: AlertTexts): string {
  const ms = now - Date.parse(instant);
  return ms < MINUTE_MS ? t('ages.justNow') : t('ages.ago', { duration: durationInWords(ms, t) });
}
