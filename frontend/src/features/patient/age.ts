import type { getTranslations } from 'next-intl/server';

type PatientTexts = Awaited<ReturnType<typeof getTranslations<'patient'>>>;

/** How long ago: whole minutes below an hour, whole hours below two days, then days. */
export function ageInWords(ageMinutes: number, t: PatientTexts): string {
  if (ageMinutes < 1) return t('live.justNow');
  return t('live.ago', { age: duration(ageMinutes, t) });
}

function duration(ageMinutes: number, t: PatientTexts): string {
  if (ageMinutes < 60) return t('ages.minutes', { count: Math.floor(ageMinutes) });
  const hours = Math.floor(ageMinutes / 60);
  return hours < 48 ? t('ages.hours', { count: hours }) : t('ages.days', { count: Math.floor(hours / 24) });
}
