import * as z from 'zod';
import { Day, Instant, TargetPreset, Unit } from '../../common/wire.js';
import { MetricsReport, Profile } from './report.schema.js';

const bound = z.object({ mgdl: z.number().nullable(), mmoll: z.number().nullable() }).nullable();

export const Band = z.enum(['veryHigh', 'high', 'inRange', 'low', 'veryLow']).meta({ id: 'Band' });

/** One part of the time-in-ranges bar. `display` is reconciled: the parts add up to 100, and what is not zero never prints 0. */
export const RangeSegment = z
  .object({
    band: Band,
    percent: z.number().nullable(),
    display: z.string(),
    minutesPerDay: z.number().nullable(),
    low: bound,
    high: bound,
  })
  .meta({ id: 'RangeSegment' });
export type RangeSegment = z.infer<typeof RangeSegment>;

export const Goal = z
  .object({
    code: z.enum([
      'timeInRange',
      'timeBelowRange',
      'timeVeryLow',
      'timeAboveRange',
      'timeVeryHigh',
      'cv',
      'gmi',
      'mean',
    ]),
    comparator: z.enum(['>', '<', '<=']),
    goal: z.number(),
    value: z.number().nullable(),
    met: z.boolean().nullable(),
  })
  .meta({ id: 'Goal' });

export const Freshness = z.enum(['current', 'delayed', 'stale', 'lost']).meta({ id: 'Freshness' });

export const LastReading = z
  .object({
    measuredAt: Instant,
    value: z.number(),
    unit: Unit,
    mgdl: z.number(),
    censored: z.enum(['low', 'high']).nullable(),
    freshness: Freshness,
    ageMinutes: z.number(),
  })
  .meta({ id: 'LastReading' });
export type LastReading = z.infer<typeof LastReading>;

/** A local day of a patient: its canonical samples as `[minute of day, mg/dL, flags]`, gaps left open. */
export const GlucoseDay = z
  .object({
    day: Day,
    weekday: z.number().int().min(1).max(7),
    lengthMinutes: z.number(),
    count: z.number().int(),
    timeInRange: z.number().nullable(),
    points: z.array(z.tuple([z.number(), z.number(), z.number().int()])),
  })
  .meta({ id: 'GlucoseDay' });
export type GlucoseDay = z.infer<typeof GlucoseDay>;

/** Answer of `GET patients/{id}/days`. */
export const GlucoseDays = z.object({ items: z.array(GlucoseDay), nextCursor: z.null() }).meta({ id: 'GlucoseDays' });
export type GlucoseDays = z.infer<typeof GlucoseDays>;

export const Ranges = z
  .object({
    segments: z.array(RangeSegment),
    brackets: z.array(
      z.object({ code: z.enum(['below', 'above']), percent: z.number().nullable(), display: z.string() }),
    ),
    tightRange: z.object({ percent: z.number().nullable(), display: z.string() }).nullable(),
    goals: z.array(Goal),
  })
  .meta({ id: 'Ranges' });

export const Sufficiency = z
  .object({
    level: z.enum(['sufficient', 'partial', 'insufficient']),
    activePercent: z.number(),
    days: z.number().int(),
    daysWanted: z.number().int(),
  })
  .meta({ id: 'Sufficiency' });

/** Everything the patient page shows for one period, in one answer. */
export const Overview = z
  .object({
    patient: z.object({
      id: z.uuid(),
      displayName: z.string(),
      dateOfBirth: Day.nullable(),
      diabetesType: z.string().nullable(),
      targetPreset: TargetPreset,
      timeZone: z.string(),
      unit: Unit,
      synthetic: z.boolean(),
    }),
    period: z.object({
      days: z.number().int(),
      from: Instant,
      to: Instant,
      firstDay: Day,
      lastDay: Day,
      anchoredAt: z.enum(['today', 'last-reading', 'chosen']),
    }),
    lastReading: LastReading.extend({ trendMgdlPerMinute: z.number().nullable() }).nullable(),
    uploader: z.object({ heardAt: Instant, ageMinutes: z.number() }).nullable().meta({
      description: 'When whatever uploads readings was last heard from, also without a new one; good to a minute.',
    }),
    report: MetricsReport,
    sufficiency: Sufficiency,
    ranges: Ranges,
    profile: Profile,
    days: z.array(GlucoseDay),
  })
  .meta({ id: 'Overview' });
export type Overview = z.infer<typeof Overview>;
