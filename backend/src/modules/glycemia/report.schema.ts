import * as z from 'zod';
import { Instant, Unit } from '../../common/wire.js';

const metric = z.number().nullable();

/** Glycemic metrics in mg/dL terms whatever unit is displayed; times are percent of the canonical series. */
export const GlycemicMetrics = z.record(z.string(), z.union([z.number(), z.string()]).nullable()).meta({
  id: 'GlycemicMetrics',
  description: 'mean, sd, cv, gmi, ea1c, timeBelow54, timeInRange, … by name; null with its reason in `reasons`.',
});

export const Coverage = z
  .object({ activePercent: z.number(), days: z.number().int(), readings: z.number().int(), sufficient: z.boolean() })
  .meta({ id: 'Coverage' });

export const Targets = z
  .object({
    preset: z.string(),
    lowMgdl: z.number(),
    highMgdl: z.number(),
    veryLowMgdl: z.number().nullable(),
    veryHighMgdl: z.number().nullable(),
  })
  .meta({ id: 'Targets' });

export const GlucoseEpisode = z
  .object({
    type: z.string(),
    startedAt: Instant,
    endedAt: Instant,
    durationMinutes: z.number(),
    extremeMgdl: z.number(),
    truncated: z.boolean(),
  })
  .meta({ id: 'GlucoseEpisode' });

export const EpisodeSummary = z
  .object({ type: z.string(), count: z.number().int(), perWeek: metric, meanDurationMinutes: metric })
  .meta({ id: 'EpisodeSummary' });

/** Answer of `GET patients/{id}/metrics`. */
export const MetricsReport = z
  .object({
    from: Instant,
    to: Instant,
    unit: Unit,
    targets: Targets,
    coverage: Coverage,
    metrics: GlycemicMetrics,
    episodes: z.object({ summary: z.array(EpisodeSummary), list: z.array(GlucoseEpisode) }),
    variants: z.record(z.string(), z.string()),
    reasons: z.record(z.string(), z.string()),
  })
  .meta({ id: 'MetricsReport' });
export type MetricsReport = z.infer<typeof MetricsReport>;

export const ProfileSlot = z
  .object({
    minuteOfDay: z.number().int(),
    n: z.number().int(),
    days: z.number().int(),
    p5: metric,
    p25: metric,
    p50: metric,
    p75: metric,
    p95: metric,
  })
  .meta({ id: 'ProfileSlot' });

const clockPoint = z.object({ minuteOfDay: z.number().int(), mgdl: z.number() }).nullable();

/** Answer of `GET patients/{id}/profile`: the ambulatory glucose profile, in mg/dL. */
export const Profile = z
  .object({
    slotMinutes: z.number().int(),
    smoothing: z.string(),
    slots: z.array(ProfileSlot),
    axis: z.object({ min: z.number(), max: z.number() }),
    thresholdsMgdl: z.array(z.number()),
    target: z.object({ lowMgdl: z.number(), highMgdl: z.number() }),
    summary: z.object({ highest: clockPoint, lowest: clockPoint }),
  })
  .meta({ id: 'Profile' });
export type Profile = z.infer<typeof Profile>;
