import type { AlertRule, AlertSchedule, AlertSettingsOverride, AlertSettingsReport, GlucoseUnit } from '@/api/types';
import { fixedDecimals } from '@/format/number-format';
import { clockOf } from '@/format/time';
import { FIELDS, type FieldKind, MOST_SCHEDULES, RULES } from './fields';

/** What stands in the form, by the name of the input; the names are the paths that the API names a fault by. */
export type FormValues = Readonly<Record<string, string>>;

export type FieldValue = number | boolean | { readonly value: number; readonly unit: GlucoseUnit };
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** A value of the API as it is typed. */
export function typedValue(value: FieldValue | undefined, kind: FieldKind | 'enabled', locale: string): string {
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'object') {
    const whole = Number.isInteger(value.value) && value.unit === 'mg/dL';
    return fixedDecimals(locale, whole ? 0 : 1).format(value.value);
  }
  return kind === 'percent' ? String(Math.round(value * 100)) : String(value);
}

/** What stands in the form before anybody has typed. */
export function formValuesOf({ settings, ownSchedules }: AlertSettingsReport, locale: string): FormValues {
  const values: Record<string, string> = {
    ...typedRules('override', settings, locale),
    scheduleMode: ownSchedules === null ? 'inherited' : 'own',
  };
  (ownSchedules ?? []).forEach((schedule, index) => {
    Object.assign(values, typedSchedule(`schedules.${index}`, schedule, locale));
  });
  return values;
}

function typedSchedule(prefix: string, schedule: AlertSchedule, locale: string): FormValues {
  const { name, fromMinute, toMinute, weekdays, override } = schedule;
  return {
    [`${prefix}.name`]: name,
    [`${prefix}.fromMinute`]: clockOf(fromMinute),
    [`${prefix}.toMinute`]: clockOf(toMinute),
    [`${prefix}.weekdays`]: weekdays.join(),
    ...typedRules(`${prefix}.override`, override, locale),
  };
}

function typedRules(prefix: string, rules: AlertSettingsOverride, locale: string): FormValues {
  return Object.fromEntries(
    RULES.flatMap((rule) => {
      const given: FieldValues = rules[rule] ?? {};
      return [{ name: 'enabled', kind: 'enabled' } as const, ...FIELDS[rule]].map(({ name, kind }) => [
        `${prefix}.${rule}.${name}`,
        typedValue(given[name], kind, locale),
      ]);
    }),
  );
}

/** How many schedules have inputs: those that are kept and one to be filled in. */
export function scheduleCount(values: FormValues): number {
  let count = 0;
  while (`schedules.${count}.name` in values) count += 1;
  const isFull = count >= MOST_SCHEDULES;
  const hasEmpty = count > 0 && !isFilled(values, count - 1);
  return isFull || hasEmpty ? count : count + 1;
}

/** Whether anything was said about a schedule, if not its name. */
export function isFilled(values: FormValues, index: number): boolean {
  const prefix = `schedules.${index}.`;
  return Object.entries(values).some(
    ([name, value]) => name.startsWith(prefix) && name !== `${prefix}remove` && value.trim() !== '',
  );
}

export const valueOf = (rules: AlertSettingsOverride, rule: AlertRule, name: string): FieldValue | undefined =>
  (rules[rule] as FieldValues | undefined)?.[name];
