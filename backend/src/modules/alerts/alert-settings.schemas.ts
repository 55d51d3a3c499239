import * as z from 'zod';
import { Instant, MinuteOfDay, Unit } from '../../common/wire.js';
import { AlertPerson, AlertRule, AlertSeverity, GlucoseValue } from './alerts.schemas.js';

const enabled = z.boolean();
const threshold = GlucoseValue.refine(({ value }) => Math.abs(value * 10 - Math.round(value * 10)) < 1e-6, {
  path: ['value'],
  message: 'At most one decimal.',
});
const sustained = { enabled, threshold, sustainMinutes: z.int() };
const rate = { enabled, mgdlPerMinute: z.number(), beyond: threshold };
const predicted = { enabled, threshold, withinMinutes: z.int(), chance: z.number() };

const RULES = {
  'urgent-low': z.strictObject({ enabled, threshold }),
  low: z.strictObject(sustained),
  high: z.strictObject(sustained),
  'very-high': z.strictObject(sustained),
  'rapid-fall': z.strictObject(rate),
  'rapid-rise': z.strictObject(rate),
  'predicted-low': z.strictObject(predicted),
  'predicted-high': z.strictObject(predicted),
  'no-data': z.strictObject({ enabled, afterMinutes: z.int() }),
  'sensor-error': z.strictObject({ enabled }),
  finding: z.strictObject({ enabled }),
};

/** Every rule with everything it is asked. */
export const AlertSettings = z.strictObject(RULES).meta({ id: 'AlertSettings' });
export type AlertSettings = z.infer<typeof AlertSettings>;

/** Some rules, or parts of them, in place of what would hold. */
export const AlertSettingsOverride = z
  .strictObject({
    'urgent-low': RULES['urgent-low'].partial().optional(),
    low: RULES.low.partial().optional(),
    high: RULES.high.partial().optional(),
    'very-high': RULES['very-high'].partial().optional(),
    'rapid-fall': RULES['rapid-fall'].partial().optional(),
    'rapid-rise': RULES['rapid-rise'].partial().optional(),
    'predicted-low': RULES['predicted-low'].partial().optional(),
    'predicted-high': RULES['predicted-high'].partial().optional(),
    'no-data': RULES['no-data'].partial().optional(),
    'sensor-error': RULES['sensor-error'].partial().optional(),
    finding: RULES.finding.partial().optional(),
  })
  .meta({ id: 'AlertSettingsOverride' });
export type AlertSettingsOverride = z.infer<typeof AlertSettingsOverride>;

/** Hours of the person's own clock in which something else holds. An end before the beginning runs over midnight. */
export const AlertSchedule = z
  .object({
    name: z.string().trim().min(1).max(60),
    fromMinute: MinuteOfDay,
    toMinute: MinuteOfDay,
    weekdays: z
      .array(z.int().min(1).max(7))
      .max(7)
      .meta({ description: 'Where it begins: 1 is Monday; all where empty.' }),
    override: AlertSettingsOverride,
  })
  .refine(({ fromMinute, toMinute }) => fromMinute !== toMinute, {
    path: ['toMinute'],
    message: 'A schedule needs hours.',
  })
  .meta({ id: 'AlertSchedule' });
export type AlertSchedule = z.infer<typeof AlertSchedule>;

const schedules = z
  .array(AlertSchedule)
  .max(12)
  .nullable()
  .meta({ description: 'The first that fits an hour holds. Null leaves it to the defaults.' });

/** What differs from the defaults: the clinic's for a patient, the product's for a clinic. It replaces what was chosen before. */
export const AlertSettingsChange = z
  .object({ override: AlertSettingsOverride, schedules: schedules.default(null) })
  .meta({ id: 'AlertSettingsChange' });
export type AlertSettingsChange = z.infer<typeof AlertSettingsChange>;

export const AlertSettingsVersion = z
  .object({
    from: Instant,
    changedBy: AlertPerson,
    override: AlertSettingsOverride,
    schedules,
  })
  .meta({ id: 'AlertSettingsVersion' });

export const AlertSettingsReport = z
  .object({
    unit: Unit.meta({ description: 'Of every threshold here.' }),
    settings: AlertSettings.meta({ description: 'What holds outside of schedules.' }),
    schedules: z.array(AlertSchedule).meta({ description: 'What holds, inherited ones included.' }),
    override: AlertSettingsOverride,
    ownSchedules: schedules,
    inherited: z.object({ settings: AlertSettings, schedules: z.array(AlertSchedule) }),
    sources: z
      .record(z.string(), z.enum(['own', 'clinic', 'default']))
      .meta({ description: 'Whose each value of `settings` is, by rule and field, as in `low.threshold`.' }),
    faults: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .meta({ description: 'What no longer fits together, since the defaults have changed.' }),
    history: z.array(AlertSettingsVersion).meta({ description: 'Newest first, 100 at most.' }),
  })
  .meta({ id: 'AlertSettingsReport' });
export type AlertSettingsReport = z.infer<typeof AlertSettingsReport>;

export const UnitQuery = z.object({ unit: Unit.optional() });
export type UnitQuery = z.infer<typeof UnitQuery>;

/** What some settings would have meant. */
export const ReplayedAlerts = z
  .object({
    alerts: z.int(),
    alertsPerDay: z.number(),
    byRule: z.array(z.object({ rule: AlertRule, severity: AlertSeverity, alerts: z.int(), alertsPerDay: z.number() })),
    soundings: z.int(),
    soundingsPerDay: z.number(),
    nightsDisturbed: z.int().meta({ description: 'Nights, 23:00 to 07:00 of the own clock, with a sounding.' }),
  })
  .meta({ id: 'ReplayedAlerts' });

export const WhatIfReport = z
  .object({
    from: Instant,
    to: Instant,
    days: z.number(),
    activePercent: z.number().meta({ description: 'How much of the time there were readings.' }),
    present: ReplayedAlerts,
    proposed: ReplayedAlerts,
  })
  .meta({ id: 'WhatIfReport' });
export type WhatIfReport = z.infer<typeof WhatIfReport>;
