'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { Alert, GlucoseUnit } from '@/api/types';
import { findingInWords } from '../rule-in-words';
import { valueInWords } from '../value-in-words';

/** The rule of an alert in words, with the limit that held as it opened. */
export function useRuleSentence({ rule, evidence }: Alert, unit: GlucoseUnit | null): string {
  const t = useTranslations('alerts');
  const locale = useLocale();
  const patterns = useTranslations('patterns');
  const { threshold, finding } = evidence;
  if (finding) return t('findingSentence', { finding: findingInWords(finding, patterns) });
  const limit = threshold && valueInWords({ ...threshold, censored: null }, unit ?? threshold.unit, locale);
  return t(`sentences.${rule}`, { limit: limit ?? '' });
}
