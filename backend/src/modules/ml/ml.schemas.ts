import * as z from 'zod';
import { Instant } from '../../common/wire.js';
import { AlgorithmName } from './algorithms.js';
import { MlResult } from './result.schemas.js';

export const NewMlRun = z
  .strictObject({
    patientId: z.string().max(36).meta({ description: 'A patient, or `me` for the own record.' }),
    algorithm: AlgorithmName,
    from: Instant.optional().meta({ description: 'Default: 90 days before `to`.' }),
    to: Instant.optional().meta({ description: 'Default: now.' }),
    parameters: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: 'Those of the algorithm; what is left out has its default.' }),
  })
  .meta({ id: 'NewMlRun' });
export type NewMlRun = z.infer<typeof NewMlRun>;

export const MlRunAccepted = z
  .object({
    id: z.uuid().meta({ description: 'Of the run that answers: one under way already where it asks the same.' }),
  })
  .meta({ id: 'MlRunAccepted' });

const Count = z.number().int();

export const MlRunMeta = z
  .object({
    algorithm: AlgorithmName,
    version: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    seed: z.number().nullable(),
    window: z.object({ from: Instant, to: Instant }),
    coverage: z.object({
      activePercent: z.number().meta({ description: 'Share of the window that was measured, 0 to 100.' }),
      readings: Count,
      doses: Count,
      meals: Count,
      activities: Count,
      sleep: Count,
    }),
  })
  .meta({ id: 'MlRunMeta' });

export const MlRun = z
  .object({
    id: z.uuid(),
    patientId: z.uuid(),
    algorithm: AlgorithmName,
    status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'superseded']),
    progress: z.number().meta({ description: '0 to 1' }),
    supersededBy: z.uuid().nullable(),
    result: MlResult.nullable(),
    meta: MlRunMeta.nullable(),
    timing: z.object({ createdAt: Instant, startedAt: Instant.nullable(), finishedAt: Instant.nullable() }),
  })
  .meta({ id: 'MlRun' });
export type MlRun = z.infer<typeof MlRun>;

export const Findings = z
  .object({
    items: z.array(MlRun).meta({ description: 'The newest answer of each algorithm.' }),
    underWay: z.array(MlRun).meta({ description: 'What people ask just now; the night asks besides.' }),
    unanswered: z.array(MlRun).meta({ description: 'The last try of each algorithm, where it failed or was stopped.' }),
  })
  .meta({ id: 'Findings' });
export type Findings = z.infer<typeof Findings>;

export const MlTraces = z
  .object({
    items: z
      .array(
        z
          .object({
            from: Instant,
            until: Instant.meta({ description: 'The instant of the last sample.' }),
            startMinuteOfDay: Count.meta({ description: "What the person's clock showed at the beginning." }),
            stepMinutes: z.number(),
            mgdl: z
              .array(z.number().nullable())
              .meta({ description: 'One for each step; null where nothing is known.' }),
          })
          .meta({ id: 'MlTrace' }),
      )
      .meta({ description: 'The glucose of each stretch that the answer names, by time.' }),
  })
  .meta({ id: 'MlTraces' });
export type MlTraces = z.infer<typeof MlTraces>;
