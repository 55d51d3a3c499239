import { useTranslations } from 'next-intl';
import type { Alert } from '@/api/types';

type Texts<N extends 'alerts' | 'patterns'> = ReturnType<typeof useTranslations<N>>;

/** The rule of an alert by its name; a finding says which, by the title it has on the page of findings. */
export function ruleInWords(
  { rule, evidence: { finding } }: Alert,
  t: Texts<'alerts'>,
  patterns: Texts<'patterns'>,
): string {
  if (!finding) return t(`rules.${rule}`);
  return t('ruleOf', { rule: t(`rules.${rule}`), finding: findingInWords(finding, patterns) });
}

export const findingInWords = (
  { kind, part }: NonNullable<Alert['evidence']['finding']>,
  patterns: Texts<'patterns'>,
): string => patterns(`kinds.${kind}`, { part: part ?? 'none' });

export function useRuleInWords(alert: Alert): string {
  return ruleInWords(alert, useTranslations('alerts'), useTranslations('patterns'));
}
