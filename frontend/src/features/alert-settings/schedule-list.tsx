'use client';

import { useTranslations } from 'next-intl';
import { clockOf } from '@/format/time';
import { useForm } from './form-context';
import { isFilled } from './form-values';
import { ScheduleFields } from './schedule-fields';

interface ScheduleListProps {
  /** How many have inputs; the last may be empty and is then left out. */
  count: number;
  nameOf: (schedule: number) => string;
}

/** Hours in which something else holds: those that are taken over, or own ones. */
export function ScheduleList({ count, nameOf }: ScheduleListProps) {
  const t = useTranslations('alertSettings');
  const { values, faults, report, below } = useForm();
  const mode = values['scheduleMode'] === 'own' ? 'own' : 'inherited';
  const inherited = report.inherited.schedules;
  const hasFault = (index: number) => [...faults.keys()].some((path) => path.startsWith(`schedules.${index}.`));
  return (
    <section aria-labelledby="schedules-title" className="card grid gap-3">
      <div>
        <h2 id="schedules-title" className="text-base font-semibold">
          {t('schedules.title')}
        </h2>
        <p className="text-sm text-muted">{t('schedules.about')}</p>
      </div>
      <fieldset className="grid gap-1 text-sm">
        <legend className="sr-only">{t('schedules.mode')}</legend>
        {(['inherited', 'own'] as const).map((choice) => (
          <label key={choice} className="flex min-h-8 items-center gap-2">
            <input
              type="radio"
              id={choice === 'own' ? 'scheduleMode' : undefined}
              name="scheduleMode"
              value={choice}
              aria-describedby="scheduleMode-fault"
              defaultChecked={choice === mode}
              className="size-6 shrink-0"
            />
            {choice === 'own' ? t('schedules.own') : t(`schedules.inherited.${below}`, { count: inherited.length })}
          </label>
        ))}
        <p id="scheduleMode-fault" className="text-low empty:hidden">
          {faults.get('scheduleMode')}
        </p>
      </fieldset>
      {inherited.length > 0 ? (
        <ul className="grid gap-1 pl-8 text-sm text-muted">
          {inherited.map(({ name, fromMinute, toMinute }, index) => (
            <li key={index} className="tabular-nums">
              {t('schedules.hours', { name, from: clockOf(fromMinute), to: clockOf(toMinute) })}
            </li>
          ))}
        </ul>
      ) : null}
      {Array.from({ length: count }, (_, index) => {
        const isNew = !isFilled(values, index);
        return (
          <details key={index} open={hasFault(index)} className="rounded border border-border p-3">
            <summary className="min-h-6 text-sm font-medium">{isNew ? t('schedules.add') : nameOf(index)}</summary>
            <ScheduleFields index={index} isNew={isNew} name={isNew ? t('schedules.new') : nameOf(index)} />
          </details>
        );
      })}
    </section>
  );
}
