import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';
import { RECORD_KINDS } from './record-kinds.js';

export const MAX_RECORDS = 10_000;

const { 'insulin-doses': doses, meals, activities, sleep } = RECORD_KINDS;

const NewRecord = z.union([doses.input, meals.input, activities.input, sleep.input]).meta({ id: 'NewRecord' });

export const RecordsRequest = z
  .union([NewRecord, z.object({ records: z.array(NewRecord).max(MAX_RECORDS) })])
  .meta({ id: 'RecordsRequest' });

export const PatientRecord = z
  .discriminatedUnion('kind', [doses.output, meals.output, activities.output, sleep.output])
  .meta({ id: 'PatientRecord' });

export const RecordsReport = z
  .object({
    accepted: z.int(),
    known: z.int(),
    rejected: z.array(z.object({ index: z.int(), code: z.enum(['INVALID_ROW', 'CONFLICT']), message: z.string() })),
  })
  .meta({ id: 'RecordsReport' });
export type RecordsReport = z.infer<typeof RecordsReport>;

export const RecordsAnswer = z.union([PatientRecord, RecordsReport]).meta({ id: 'RecordsAnswer' });
export type RecordsAnswer = z.infer<typeof RecordsAnswer>;

export const RecordsQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().optional(),
});
export type RecordsQuery = z.infer<typeof RecordsQuery>;

export const RecordsPage = pageOf(PatientRecord).meta({ id: 'RecordsPage' });
export type RecordsPage = z.infer<typeof RecordsPage>;
