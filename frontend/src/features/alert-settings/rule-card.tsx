'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { AlertRule, AlertStatistics } from '@/api/types';
import { FIELDS, type RuleField } from './fields';
import { useForm } from './form-context';
import { typedValue, valueOf } from './form-values';
import { RuleOutcome } from './rule-outcome';
import { ValueField } from './value-field';

interface RuleCardProps {
  rule: AlertRule;
  /** What came of its alerts lately; `null` where that is not asked. */
  outcome: AlertStatistics['rules'][number] | null;
  mayChange: boolean;
}

/** One rule: whether it is on, its values, where each of them comes from, and what it was good for. */
export function RuleCard({ rule, outcome, mayChange }: RuleCardProps) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const locale = useLocale();
  const { values, report, below } = useForm();
  const prefix = `override.${rule}`;
  const sourceOf = (name: string) => report.sources[`${rule}.${name}`] ?? 'default';
  const isOwn = ['enabled', ...FIELDS[rule].map(({ name }) => name)].some((name) => sourceOf(name) === 'own');

  /** "Own value; without it 70", "The clinic's", "Default". */
  const noteOf = ({ name, kind }: RuleField): string => {
    const source = sourceOf(name);
    const inherited = typedValue(valueOf(report.inherited.settings, rule, name), kind, locale);
    return source === 'own' ? t('sources.own', { value: inherited }) : t(`sources.${source}`);
  };
  const enabledSource = sourceOf('enabled');
  return (
    <fieldset className="card grid min-w-0 gap-3">
      <legend className="sr-only">{rules(`rules.${rule}`)}</legend>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-40">
          <h2 className="text-base font-semibold">{rules(`rules.${rule}`)}</h2>
          <p className="text-sm text-muted">{t(`about.${rule}`)}</p>
        </div>
        <div className="grid justify-items-end gap-0.5">
          <select
            id={`${prefix}.enabled`}
            name={`${prefix}.enabled`}
            defaultValue={values[`${prefix}.enabled`] ?? 'off'}
            aria-label={t('enabledOf', { rule: rules(`rules.${rule}`) })}
            className="field min-h-9 w-auto py-0 text-sm"
          >
            <option value="on">{t('on')}</option>
            <option value="off">{t('off')}</option>
          </select>
          <span className="text-xs text-muted">
            {enabledSource === 'own' ? t('sources.ownChoice') : t(`sources.${enabledSource}`)}
          </span>
        </div>
      </div>
      {FIELDS[rule].length > 0 ? (
        <div className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-3">
          {FIELDS[rule].map((field) => (
            <ValueField key={field.name} path={`${prefix}.${field.name}`} field={field} note={noteOf(field)} />
          ))}
        </div>
      ) : null}
      {isOwn && mayChange ? (
        <button type="submit" name="intent" value={`reset:${rule}`} className="link min-h-6 justify-self-start text-sm">
          {t(`resetRule.${below}`, { rule: rules(`rules.${rule}`) })}
        </button>
      ) : null}
      {outcome ? <RuleOutcome outcome={outcome} /> : null}
    </fieldset>
  );
}
