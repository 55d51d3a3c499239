import { type AlertSettings as Settings, thresholdOf } from '../../domain/alerts/settings.js';
import { settingsFaults } from '../../domain/alerts/settings-faults.js';
import {
  type AlertSchedule as Schedule,
  overridden,
  type SettingsOverride,
} from '../../domain/alerts/settings-history.js';
import { type Threshold, thresholdIn } from '../../domain/glycemia/targets.js';
import type { GlucoseUnit } from '../../domain/glycemia/units.js';
import {
  type AlertSchedule,
  AlertSettings,
  type AlertSettingsChange,
  type AlertSettingsOverride,
  type AlertSettingsReport,
} from './alert-settings.schemas.js';
import type { Chosen } from './settings-rows.js';

type Field = number | boolean;

/** Each field of each rule through a function; rules and fields that are absent stay so. */
const mapFields = <From extends object, To>(rules: object, map: (field: From | Field) => To) =>
  Object.fromEntries(
    Object.entries(rules).map(([code, fields]: [string, Record<string, From | Field>]) => [
      code,
      Object.fromEntries(Object.entries(fields ?? {}).map(([name, field]) => [name, map(field)])),
    ]),
  );

const toUnit = (unit: GlucoseUnit) => (field: Threshold | Field) =>
  typeof field === 'object' ? { value: thresholdIn(field, unit), unit } : field;

/** Settings as they go out, every threshold in one unit. */
export const toWireSettings = (settings: Settings, unit: GlucoseUnit): AlertSettings =>
  AlertSettings.parse(mapFields<Threshold, unknown>(settings, toUnit(unit)));

export const toWireOverride = (override: SettingsOverride, unit: GlucoseUnit): AlertSettingsOverride =>
  mapFields<Threshold, unknown>(override, toUnit(unit));

export const toWireSchedules = (schedules: readonly Schedule[], unit: GlucoseUnit): AlertSchedule[] =>
  schedules.map(({ override, weekdays, ...schedule }) => ({
    ...schedule,
    weekdays: [...weekdays],
    override: toWireOverride(override, unit),
  }));

type WireThreshold = { readonly value: number; readonly unit: GlucoseUnit };

const fromWireOverride = (override: AlertSettingsOverride): SettingsOverride =>
  mapFields<WireThreshold, unknown>(override, (field) =>
    typeof field === 'object' ? thresholdOf(field.value, field.unit) : field,
  );

export interface ChosenSettings {
  readonly override: SettingsOverride;
  readonly schedules: readonly Schedule[] | null;
}

export const fromWire = ({ override, schedules }: AlertSettingsChange): ChosenSettings => ({
  override: fromWireOverride(override),
  schedules: schedules && schedules.map((one) => ({ ...one, override: fromWireOverride(one.override) })),
});

/** Whose each value is, by `rule.field`. */
export function sourcesOf(
  settings: Settings,
  own: SettingsOverride,
  clinic: SettingsOverride,
): AlertSettingsReport['sources'] {
  const fields = (rules: object): string[] =>
    Object.entries(rules).flatMap(([code, values]: [string, object]) =>
      Object.keys(values ?? {}).map((field) => `${code}.${field}`),
    );
  const [ours, theirs] = [new Set(fields(own)), new Set(fields(clinic))];
  return Object.fromEntries(
    fields(settings).map((path) => [path, ours.has(path) ? 'own' : theirs.has(path) ? 'clinic' : 'default']),
  );
}

/** Everything that is wrong with what holds, by the path of the request that asked for it. */
export function faultsOf({ settings, schedules }: Chosen): { path: string; message: string }[] {
  const inBase = settingsFaults(settings).map(({ path, message }) => ({ path: `override.${path}`, message }));
  const known = new Set(inBase.map(({ path }) => path));
  const inSchedules = schedules.flatMap(({ override }, index) =>
    settingsFaults(overridden(settings, override))
      .filter(({ path }) => !known.has(`override.${path}`))
      .map(({ path, message }) => ({ path: `schedules.${index}.override.${path}`, message })),
  );
  return [...inBase, ...inSchedules];
}
