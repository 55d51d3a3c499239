import * as z from 'zod';
import { limitUpTo } from '../../common/pagination.js';
import { TargetPreset, Unit } from '../../common/wire.js';
import { LastReading, RangeSegment } from '../glycemia/overview.schema.js';

export const FlagCode = z
  .enum(['very-low', 'low', 'very-high', 'high', 'range', 'wear', 'silent', 'no-data'])
  .meta({ id: 'FlagCode' });

/** Why a patient stands where it stands, in words. */
export const PatientFlag = z
  .object({ code: FlagCode, text: z.string(), percent: z.number().nullable() })
  .meta({ id: 'PatientFlag' });

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

/** The patients a caller may see, most urgent first, over their last 14 days. */
export const Panel = z
  .object({
    items: z.array(PanelPatient),
    nextCursor: z.string().nullable(),
    counts: z.record(z.string(), z.number().int()),
  })
  .meta({ id: 'Panel' });
export type Panel = z.infer<typeof Panel>;

export const PanelQuery = z.object({
  flag: z.union([FlagCode, z.literal('on-target')]).optional(),
  query: z.string().trim().max(100).optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().max(500).optional(),
});
export type PanelQuery = z.infer<typeof PanelQuery>;
