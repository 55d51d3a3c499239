'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { AlertSettingsReport, AlertStatistics } from '@/api/types';
import { SavedNote } from '@/components/form/saved-note';
import { useFormAnswer } from '@/components/form/use-form-answer';
import type { SettingsState } from './actions';
import { FaultSummary } from './fault-summary';
import { faultInWords } from './fault-in-words';
import { RULES } from './fields';
import { formValuesOf, scheduleCount } from './form-values';
import { type FormContext, SettingsContext } from './form-context';
import { valuesOf } from './read-form';
import { RuleCard } from './rule-card';
import { ScheduleList } from './schedule-list';
import { WhatIfTable } from './what-if-table';

interface SettingsFormProps {
  action: (previous: SettingsState, form: FormData) => Promise<SettingsState>;
  report: AlertSettingsReport;
  /** What holds where nothing is chosen. */
  below: 'clinic' | 'default';
  /** `null` where the settings are nobody's in particular: then there is no past to try them on either. */
  statistics: AlertStatistics | null;
  mayChange: boolean;
  /** Whether the page follows a change that was saved. */
  saved: boolean;
}

/** Every rule with its values, and what they would have meant. Works without script: its buttons post to one action. */
export function SettingsForm({ action, report, below, statistics, mayChange, saved }: SettingsFormProps) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const locale = useLocale();
  const { state, pending, form } = useFormAnswer<SettingsState>(action, null, (sent) => ({
    values: valuesOf(sent),
    faults: [],
    problem: t('problems.unavailable'),
    preview: null,
  }));
  const values = state?.values ?? formValuesOf(report, locale);
  const words = { t, rules, unit: report.unit, locale };
  // The first of several about one field: the others follow from it.
  const faults = new Map((state?.faults ?? []).toReversed().map((fault) => [fault.path, faultInWords(fault, words)]));
  const nameOf = (index: number) =>
    values[`schedules.${index}.name`]?.trim() || t('schedule.unnamed', { number: index + 1 });
  const context: FormContext = { values, faults, report, below };

  return (
    <SettingsContext value={context}>
      <SavedNote saved={saved} outdated={state !== null}>
        {t('saved')}
      </SavedNote>
      <form {...form} className="grid gap-4">
        <fieldset disabled={!mayChange} className="contents">
          {/* Enter presses the first button of a form, which otherwise would be the one that resets some rule. */}
          <button type="submit" name="intent" value="save" tabIndex={-1} aria-hidden="true" className="sr-only" />
          <FaultSummary faults={faults} problem={state?.problem ?? null} nameOf={nameOf} />
          {/* Made anew with each answer: a browser would go on showing what was typed. */}
          <div key={JSON.stringify(values)} className="grid gap-4">
            <div className="grid items-start gap-3 lg:grid-cols-2">
              {RULES.map((rule) => (
                <RuleCard
                  key={rule}
                  rule={rule}
                  outcome={statistics?.rules.find((one) => one.rule === rule) ?? null}
                  mayChange={mayChange}
                />
              ))}
            </div>
            <ScheduleList count={scheduleCount(values)} nameOf={nameOf} />
          </div>
          {mayChange ? (
            <div className="settings-bar no-print sticky bottom-0 -mx-4 flex flex-wrap items-center gap-2 border-t border-border bg-page px-4 py-3">
              <button
                type="submit"
                name="intent"
                value="save"
                aria-disabled={pending}
                className="button button-primary"
              >
                {t('save')}
              </button>
              {statistics ? (
                <button type="submit" name="intent" value="preview" aria-disabled={pending} className="button">
                  {t('preview.ask')}
                </button>
              ) : null}
              <button type="submit" name="intent" value="reset" aria-disabled={pending} className="button">
                {t(`reset.${below}`)}
              </button>
              <p role="status" className="text-sm text-muted">
                {pending ? t('working') : null}
              </p>
            </div>
          ) : null}
        </fieldset>
      </form>
      {state?.preview ? <WhatIfTable report={state.preview} /> : null}
    </SettingsContext>
  );
}
