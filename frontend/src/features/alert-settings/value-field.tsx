'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { GlucoseUnit } from '@/api/types';
import { convertGlucose } from '@/format/glucose';
import { fixedDecimals } from '@/format/number-format';
import type { RuleField } from './fields';
import { useForm } from './form-context';

interface ValueFieldProps {
  /** The name of the input, which is the path that the API names a fault by. */
  path: string;
  field: RuleField;
  /** Shown where nothing is typed: what would hold then. */
  placeholder?: string;
  note?: string | null;
}

/** How fast counts as fast, mg/dL a minute. Others that were set by the API stay to choose. */
const RATES = ['1', '2', '3', '4', '5'];

/** One number of a rule with its unit, and what is wrong with it. */
export function ValueField({ path, field, placeholder, note = null }: ValueFieldProps) {
  const t = useTranslations('alertSettings');
  const locale = useLocale();
  const { values, faults, report } = useForm();
  const fault = faults.get(path);
  const typed = values[path] ?? '';
  const about = `${path}-about`;
  const shared = {
    id: path,
    name: path,
    defaultValue: typed,
    'aria-invalid': fault !== undefined,
    'aria-describedby': about,
  };
  const unit = unitName(field, report.unit, t);
  return (
    <div className="grid content-start gap-1 text-sm">
      <label htmlFor={path} className="font-medium">
        {t(`fields.${field.name as 'threshold'}`)}
      </label>
      <span className="flex items-center gap-2">
        {field.kind === 'rate' ? (
          <select {...shared} className="field min-h-9 w-28">
            {placeholder === undefined ? null : <option value="">{placeholder}</option>}
            {(RATES.includes(typed) || typed === '' ? RATES : [...RATES, typed]).map((mgdl) => (
              <option key={mgdl} value={mgdl}>
                {rateInUnit(Number(mgdl), report.unit, locale)}
              </option>
            ))}
          </select>
        ) : (
          <input
            {...shared}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            placeholder={placeholder}
            className="field min-h-9 w-28 tabular-nums"
          />
        )}
        <span className="text-muted">{unit}</span>
      </span>
      <p id={about} className={fault ? 'text-low' : 'text-xs text-muted empty:hidden'}>
        {fault ?? note}
      </p>
    </div>
  );
}

function unitName(
  { kind }: RuleField,
  unit: GlucoseUnit,
  t: ReturnType<typeof useTranslations<'alertSettings'>>,
): string {
  if (kind === 'glucose') return unit;
  if (kind === 'rate') return t('units.rate', { unit });
  return kind === 'percent' ? '%' : t('units.minutes');
}

const rateInUnit = (mgdl: number, unit: GlucoseUnit, locale: string): string =>
  fixedDecimals(locale, unit === 'mmol/L' ? 2 : Number.isInteger(mgdl) ? 0 : 1).format(
    convertGlucose(mgdl, 'mg/dL', unit),
  );
