import type {
  AlertSchedule,
  AlertSettingsChange,
  AlertSettingsOverride,
  AlertSettingsReport,
  GlucoseUnit,
} from '@/api/types';
import { FIELDS, type FieldKind, RULES } from './fields';
import { type FieldValue, type FormValues, valueOf } from './form-values';

export interface Fault {
  /** The name of the input. */
  readonly path: string;
  readonly message: string;
}

export interface ReadForm {
  readonly change: AlertSettingsChange;
  readonly faults: readonly Fault[];
  /** At which place of the form each schedule of the change stands. */
  readonly places: readonly number[];
}

/** Not the API's words: what is no number never gets there. */
export const NO_NUMBER = 'no-number';
export const NO_TIME = 'no-time';

/** The change that a form asks for. What is as it would be without it is left out, so that it goes on following the clinic. */
export function readForm(
  values: FormValues,
  { inherited, unit }: Pick<AlertSettingsReport, 'inherited' | 'unit'>,
): ReadForm {
  const faults: Fault[] = [];
  const override = readRules(values, 'override', unit, faults);
  const differing = Object.fromEntries(
    RULES.flatMap((rule) => {
      const fields = Object.entries(override[rule] ?? {}).filter(
        ([name, value]) => !isSame(value, valueOf(inherited.settings, rule, name)),
      );
      return fields.length === 0 ? [] : [[rule, Object.fromEntries(fields)]];
    }),
  ) as AlertSettingsOverride;
  if (values['scheduleMode'] !== 'own') return { change: { override: differing, schedules: null }, faults, places: [] };

  const schedules: AlertSchedule[] = [];
  const places: number[] = [];
  for (let index = 0; `schedules.${index}.name` in values; index += 1) {
    const prefix = `schedules.${index}`;
    if (values[`${prefix}.name`]?.trim() === '' || values[`${prefix}.remove`] === 'on') continue;
    schedules.push({
      name: values[`${prefix}.name`] ?? '',
      fromMinute: readTime(values, `${prefix}.fromMinute`, faults),
      toMinute: readTime(values, `${prefix}.toMinute`, faults),
      weekdays: (values[`${prefix}.weekdays`] ?? '').split(',').filter(Boolean).map(Number),
      override: readRules(values, `${prefix}.override`, unit, faults),
    });
    places.push(index);
  }
  return { change: { override: differing, schedules }, faults, places };
}

function readRules(values: FormValues, prefix: string, unit: GlucoseUnit, faults: Fault[]): AlertSettingsOverride {
  return Object.fromEntries(
    RULES.flatMap((rule) => {
      const fields = [{ name: 'enabled', kind: 'enabled' } as const, ...FIELDS[rule]].flatMap(({ name, kind }) => {
        const path = `${prefix}.${rule}.${name}`;
        const typed = (values[path] ?? '').trim();
        if (typed === '') return [];
        const value = parsed(typed, kind, unit);
        if (value === null) faults.push({ path, message: NO_NUMBER });
        return value === null ? [] : [[name, value]];
      });
      return fields.length === 0 ? [] : [[rule, Object.fromEntries(fields)]];
    }),
  ) as AlertSettingsOverride;
}

function parsed(typed: string, kind: FieldKind | 'enabled', unit: GlucoseUnit): FieldValue | null {
  if (kind === 'enabled') return typed === 'on';
  const value = Number(typed.replace(',', '.'));
  if (!Number.isFinite(value)) return null;
  if (kind === 'glucose') return { value, unit };
  return kind === 'percent' ? value / 100 : value;
}

function readTime(values: FormValues, path: string, faults: Fault[]): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d\d)$/.exec(values[path]?.trim() ?? '') ?? [];
  if (hours === undefined || minutes === undefined) faults.push({ path, message: NO_TIME });
  return Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

const isSame = (one: unknown, other: FieldValue | undefined): boolean => {
  const plain = (value: unknown) =>
    typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  return plain(one) === plain(other);
};

/** A path of the request as the name of the input that it is about; places of schedules that were left out count. */
export function inputOf(path: string, places: readonly number[]): string {
  const placed = path.replace(/^schedules\.(\d+)/, (_, index: string) => `schedules.${places[Number(index)] ?? index}`);
  return placed.replace(/\.(value|unit)$/, '');
}

/** The values of a form that was sent; boxes of one name are joined. */
export function valuesOf(form: FormData): FormValues {
  const values: Record<string, string> = {};
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$')) continue;
    values[name] = name.endsWith('.weekdays') && values[name] ? `${values[name]},${value}` : value;
  }
  return values;
}
