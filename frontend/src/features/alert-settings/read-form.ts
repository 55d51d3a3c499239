import type {
  AlertRule,
  AlertSchedule,
  AlertSettingsChange,
  AlertSettingsOverride,
  AlertSettingsReport,
  GlucoseUnit,
} from '@/api/types';
import { FIELDS, type FieldKind, RULES } from './fields';
import { type FieldValue, type FormValues, isFilled, valueOf } from './form-values';

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
export const NO_NAME = 'no-name';
/** Hours were filled in that would not hold, since no own schedules were chosen. */
export const NOT_OWN = 'not-own';

/** What the form was made from, and the same in mg/dL. Limits have the precision of mg/dL, and mmol/L round them. */
export interface FormBasis {
  readonly shown: AlertSettingsReport;
  readonly exact: AlertSettingsReport;
}

interface Rules {
  readonly shown: AlertSettingsOverride;
  readonly exact: AlertSettingsOverride;
}

/** The change that a form asks for. What is as it would be without it is left out, so that it goes on following the clinic. */
export function readForm(values: FormValues, { shown, exact }: FormBasis): ReadForm {
  const { unit } = shown;
  const { inherited } = exact;
  const faults: Fault[] = [];
  const override = readRules(
    values,
    'override',
    unit,
    [
      { shown: shown.settings, exact: exact.settings },
      { shown: shown.inherited.settings, exact: inherited.settings },
    ],
    faults,
  );
  const differing = Object.fromEntries(
    RULES.flatMap((rule) => {
      const fields = Object.entries(override[rule] ?? {}).filter(
        ([name, value]) => !isSame(value, valueOf(inherited.settings, rule, name)),
      );
      return fields.length === 0 ? [] : [[rule, Object.fromEntries(fields)]];
    }),
  ) as AlertSettingsOverride;
  if (values['scheduleMode'] !== 'own') {
    if (hasNewSchedule(values, shown.ownSchedules?.length ?? 0)) {
      faults.push({ path: 'scheduleMode', message: NOT_OWN });
    }
    return { change: { override: differing, schedules: null }, faults, places: [] };
  }

  const schedules: AlertSchedule[] = [];
  const places: number[] = [];
  for (let index = 0; `schedules.${index}.name` in values; index += 1) {
    const prefix = `schedules.${index}`;
    if (!isFilled(values, index) || isRemoved(values, index)) continue;
    const name = values[`${prefix}.name`] ?? '';
    if (name.trim() === '') faults.push({ path: `${prefix}.name`, message: NO_NAME });
    const kept = { shown: shown.ownSchedules?.[index]?.override, exact: exact.ownSchedules?.[index]?.override };
    schedules.push({
      name,
      fromMinute: readTime(values, `${prefix}.fromMinute`, faults),
      toMinute: readTime(values, `${prefix}.toMinute`, faults),
      weekdays: (values[`${prefix}.weekdays`] ?? '').split(',').filter(Boolean).map(Number),
      override: readRules(
        values,
        `${prefix}.override`,
        unit,
        [{ shown: kept.shown ?? {}, exact: kept.exact ?? {} }],
        faults,
      ),
    });
    places.push(index);
  }
  return { change: { override: differing, schedules }, faults, places };
}

/** Whether hours were filled in beside those that are kept already, which it is meant to drop by another choice. */
function hasNewSchedule(values: FormValues, kept: number): boolean {
  for (let index = kept; `schedules.${index}.name` in values; index += 1) {
    if (isFilled(values, index) && !isRemoved(values, index)) return true;
  }
  return false;
}

const isRemoved = (values: FormValues, index: number): boolean => values[`schedules.${index}.remove`] === 'on';

function readRules(
  values: FormValues,
  prefix: string,
  unit: GlucoseUnit,
  known: readonly Rules[],
  faults: Fault[],
): AlertSettingsOverride {
  return Object.fromEntries(
    RULES.flatMap((rule) => {
      const fields = [{ name: 'enabled', kind: 'enabled' } as const, ...FIELDS[rule]].flatMap(({ name, kind }) => {
        const path = `${prefix}.${rule}.${name}`;
        const typed = (values[path] ?? '').trim();
        if (typed === '') return [];
        const value = parsed(typed, kind, unit);
        if (value === null) faults.push({ path, message: NO_NUMBER });
        return value === null ? [] : [[name, exactly(value, rule, name, known)]];
      });
      return fields.length === 0 ? [] : [[rule, Object.fromEntries(fields)]];
    }),
  ) as AlertSettingsOverride;
}

/** A value that says what was shown is the one behind it: read in mmol/L, a limit of 71 mg/dL would become 70. */
function exactly(value: FieldValue, rule: AlertRule, name: string, known: readonly Rules[]): FieldValue {
  if (typeof value !== 'object') return value;
  const same = known.find(({ shown }) => isSame(value, valueOf(shown, rule, name)));
  return (same && valueOf(same.exact, rule, name)) ?? value;
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
    typeof value === 'object' && value !== null && 'value' in value && 'unit' in value
      ? `${String(value.value)} ${String(value.unit)}`
      : value;
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
