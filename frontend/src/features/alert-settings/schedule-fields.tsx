'use client';

import { useLocale, useTranslations } from 'next-intl';
import { formatWeekday } from '@/format/time';
import { FIELDS, RULES, WEEKDAYS } from './fields';
import { useForm } from './form-context';
import { ValueField } from './value-field';

interface ScheduleFieldsProps {
  index: number;
  isNew: boolean;
  name: string;
}

/** 2024-01-01 was a Monday. */
const dayOf = (weekday: number): string => `2024-01-0${weekday}`;

/** One schedule: its hours, its days, and what differs in them. What is left empty stays as outside of them. */
export function ScheduleFields({ index, isNew, name }: ScheduleFieldsProps) {
  const t = useTranslations('alertSettings');
  const rules = useTranslations('alerts');
  const locale = useLocale();
  const { values, faults } = useForm();
  const prefix = `schedules.${index}`;
  const chosen = (values[`${prefix}.weekdays`] ?? '').split(',');
  const text = (part: 'name' | 'fromMinute' | 'toMinute', type: 'text' | 'time') => {
    const path = `${prefix}.${part}`;
    const fault = faults.get(path);
    return (
      <label className="grid content-start gap-1 text-sm font-medium">
        {t(`schedule.${part}`)}
        <input
          id={path}
          name={path}
          type={type}
          maxLength={60}
          defaultValue={values[path] ?? ''}
          aria-invalid={fault !== undefined}
          aria-describedby={`${path}-fault`}
          className={`field min-h-9 ${type === 'time' ? 'w-32' : 'max-w-64'}`}
        />
        <span id={`${path}-fault`} className="font-normal text-low empty:hidden">
          {fault}
        </span>
      </label>
    );
  };
  return (
    <div className="mt-3 grid gap-4">
      <div className="flex flex-wrap gap-3">
        {text('name', 'text')}
        {text('fromMinute', 'time')}
        {text('toMinute', 'time')}
      </div>
      <fieldset className="grid gap-1 text-sm">
        <legend className="font-medium">{t('schedule.weekdays')}</legend>
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {WEEKDAYS.map((weekday) => (
            <label key={weekday} className="flex min-h-8 items-center gap-1.5">
              <input
                type="checkbox"
                name={`${prefix}.weekdays`}
                value={weekday}
                defaultChecked={chosen.includes(String(weekday))}
                className="size-6"
              />
              {formatWeekday(dayOf(weekday), locale, 'short')}
            </label>
          ))}
        </div>
        <p className="text-xs text-muted">{t('schedule.everyDay')}</p>
      </fieldset>
      <div className="grid gap-x-6 gap-y-3 md:grid-cols-2">
        {RULES.map((rule) => (
          <fieldset key={rule} className="grid min-w-0 content-start gap-2 border-t border-border pt-2">
            <legend className="sr-only">{t('schedule.ruleIn', { rule: rules(`rules.${rule}`), name })}</legend>
            <label className="flex flex-wrap items-center justify-between gap-2 text-sm font-medium">
              {rules(`rules.${rule}`)}
              <select
                name={`${prefix}.override.${rule}.enabled`}
                defaultValue={values[`${prefix}.override.${rule}.enabled`] ?? ''}
                className="field min-h-9 w-auto py-0 text-sm font-normal"
              >
                <option value="">{t('asOutside')}</option>
                <option value="on">{t('on')}</option>
                <option value="off">{t('off')}</option>
              </select>
            </label>
            {FIELDS[rule].length > 0 ? (
              <div className="grid grid-cols-[repeat(auto-fill,minmax(10.5rem,1fr))] gap-2">
                {FIELDS[rule].map((field) => (
                  <ValueField
                    key={field.name}
                    path={`${prefix}.override.${rule}.${field.name}`}
                    field={field}
                    placeholder={values[`override.${rule}.${field.name}`] ?? ''}
                  />
                ))}
              </div>
            ) : null}
          </fieldset>
        ))}
      </div>
      {isNew ? null : (
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input
            type="checkbox"
            name={`${prefix}.remove`}
            defaultChecked={values[`${prefix}.remove`] === 'on'}
            className="size-6"
          />
          {t('schedule.remove')}
        </label>
      )}
    </div>
  );
}
