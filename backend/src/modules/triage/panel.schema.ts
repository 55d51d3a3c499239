import * as z from 'zod';
import { limitUpTo } from '../../common/pagination.js';
import { Instant, TargetPreset, Unit } from '../../common/wire.js';
import { NO_HINT_REASONS } from '../../domain/triage/low-hint.js';
import { LastReading, RangeSegment } from '../glycemia/overview.schema.js';

export const FlagCode = z
  .enum(['very-low', 'low', 'very-high', 'high', 'range', 'wear', 'silent', 'no-data'])
  .meta({ id: 'FlagCode' });

/** Why a patient stands where it stands, in words. */
export const PatientFlag = z
  .object({ code: FlagCode, text: z.string(), percent: z.number().nullable() })
  .meta({ id: 'PatientFlag' });

export const LowHint = z
  .union([
    z.object({
      chance: z
        .number()
        .meta({ description: 'Of 4 % or more of readings below 70 mg/dL in the 14 days from `firstDay` on, 0 to 1.' }),
      firstDay: z.iso.date().meta({ description: 'The local day that the 14 days begin with.' }),
      computedAt: Instant,
    }),
    z.object({ unavailable: z.enum(NO_HINT_REASONS) }),
  ])
  .meta({ id: 'LowHint' });

export const PanelPatient = z
  .object({
    id: z.uuid(),
    displayName: z.string(),
    ageYears: z.number().int().nullable(),
    diabetesType: z.string().nullable(),
    targetPreset: TargetPreset,
    unit: Unit,
    synthetic: z.boolean(),
    flags: z.array(PatientFlag),
    lastReading: LastReading.nullable(),
    lowRisk: LowHint,
    metrics: z.object({
      mean: z.number().nullable(),
      sd: z.number().nullable(),
      cv: z.number().nullable(),
      gmi: z.number().nullable(),
      gri: z.number().nullable(),
      timeBelow54: z.number().nullable(),
      timeBelow70: z.number().nullable(),
      timeBelowRange: z.number().nullable(),
      timeInRange: z.number().nullable(),
      timeAboveRange: z.number().nullable(),
      timeAbove180: z.number().nullable(),
      timeAbove250: z.number().nullable(),
    }),
    segments: z.array(RangeSegment),
    coverage: z.object({ activePercent: z.number(), days: z.number().int(), sufficient: z.boolean() }),
  })
  .meta({ id: 'PanelPatient' });
export type PanelPatient = z.infer<typeof PanelPatient>;

/** In so many fortnights of people whom the model had not seen lows of `lowRisk` came, and in so many they were expected. */
const HeldOut = z
  .object({ people: z.number().int(), fortnights: z.number().int(), events: z.number().int(), expected: z.number() })
  .meta({ id: 'LowRiskTrust' });

/** The patients a caller may see, most urgent first, over their last 14 days. */
export const Panel = z
  .object({
    items: z.array(PanelPatient),
    nextCursor: z.string().nullable(),
    counts: z.record(z.string(), z.number().int()),
    lowRiskTrust: HeldOut,
  })
  .meta({ id: 'Panel' });
export type Panel = z.infer<typeof Panel>;

export const PanelQuery = z.object({
  flag: z.union([FlagCode, z.literal('on-target'), z.literal('lows-likely')]).optional(),
  sort: z.enum(['urgency', 'low-risk']).default('urgency'),
  query: z.string().trim().max(100).optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().max(500).optional(),
});
export type PanelQuery = z.infer<typeof PanelQuery>;
