import * as z from 'zod';
import { pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';
import { isTimeZone } from '../../domain/time/zone.js';

export const DateOrder = z.enum(['DMY', 'MDY']).meta({ description: 'Which of day and month the file writes first.' });
export const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'is no time zone')
  .meta({ description: "IANA name of the zone that the wearer's clock showed. Default: the patient's own zones." });

/** The form fields beside the file. */
export const UploadFields = z.object({ timeZone: TimeZone.optional(), dateOrder: DateOrder.optional() });
export type UploadFields = z.infer<typeof UploadFields>;

export const ImportAnswers = UploadFields.meta({ id: 'ImportAnswers' });
export type ImportAnswers = z.infer<typeof ImportAnswers>;

export const ImportAccepted = z.object({ id: z.uuid() }).meta({ id: 'ImportAccepted' });

const Count = z.number().int();

export const ImportRowError = z
  .object({
    line: Count.meta({ description: 'Line of the file, from 1.' }),
    column: z.string(),
    value: z.string().meta({ description: 'What stands there in the file.' }),
    code: z.string(),
    message: z.string(),
  })
  .meta({ id: 'ImportRowError' });

export const ImportSummary = z
  .object({
    id: z.uuid(),
    patientId: z.uuid(),
    status: z.enum(['queued', 'running', 'needs-input', 'done', 'refused']),
    format: z.enum(['dexcom-clarity', 'libreview']).nullable(),
    label: z.string().meta({ description: 'What the file is. Its name is not kept: vendors put the patient in it.' }),
    createdAt: Instant,
    finishedAt: Instant.nullable(),
    undoneAt: Instant.nullable().meta({ description: 'When somebody took it back, with all that it had brought.' }),
    progress: z.number().min(0).max(1),
    counts: z.object({ new: Count, known: Count, rejected: Count }),
    firstMeasuredAt: Instant.nullable(),
    lastMeasuredAt: Instant.nullable(),
    refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  })
  .meta({ id: 'ImportSummary' });
export type ImportSummary = z.infer<typeof ImportSummary>;

export const ImportReport = ImportSummary.extend({
  timeZone: z.string().nullable().meta({ description: 'As the uploader said; null for the zones of the patient.' }),
  dateOrder: DateOrder.nullable(),
  questions: z.array(z.object({ code: z.literal('date-order'), samples: z.array(z.string()) })),
  errors: z.array(ImportRowError).meta({ description: 'The first 1,000 of the rejected rows.' }),
  records: z
    .object({ new: Count, known: Count })
    .meta({ description: 'Insulin doses and meals of the file; `counts` are about readings and rejected rows.' }),
  ignored: z
    .array(z.object({ code: z.string(), count: Count }))
    .meta({ description: 'Rows that hold no reading: alerts, scans, notes.' }),
}).meta({ id: 'ImportReport' });
export type ImportReport = z.infer<typeof ImportReport>;

export const ImportPage = pageOf(ImportSummary).meta({ id: 'ImportPage' });
export type ImportPage = z.infer<typeof ImportPage>;
