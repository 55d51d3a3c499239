import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant, Unit } from '../../common/wire.js';
import { READING_FAULTS } from './reading.js';

export const MAX_READINGS = 10_000;

/** What a device reported, in the unit it reported in. */
export const NewReading = z
  .object({
    measuredAt: Instant,
    value: z.number().meta({ description: '10 to 1000 mg/dL or 0.6 to 55 mmol/L, at most one decimal.' }),
    unit: Unit,
    kind: z.enum(['cgm', 'fingerstick', 'calibration']).default('cgm'),
    censored: z
      .enum(['low', 'high'])
      .nullable()
      .default(null)
      .meta({ description: 'The sensor left its range; the value is its limit.' }),
    source: z.string().min(1).max(100).optional().meta({ description: 'One of its own for each caller where absent.' }),
  })
  .meta({ id: 'NewReading' });

export const ReadingsRequest = z
  .union([NewReading, z.object({ readings: z.array(NewReading).max(MAX_READINGS) })])
  .meta({ id: 'ReadingsRequest' });

export const Reading = z
  .object({
    measuredAt: Instant,
    value: z.number(),
    unit: Unit,
    kind: z.enum(['cgm', 'fingerstick', 'calibration']),
    censored: z.enum(['low', 'high']).nullable(),
    source: z.string(),
  })
  .meta({ id: 'Reading' });
export type Reading = z.infer<typeof Reading>;

export const ReadingsReport = z
  .object({
    accepted: z.int(),
    known: z.int(),
    rejected: z.array(z.object({ index: z.int(), code: z.enum(READING_FAULTS), message: z.string() })),
  })
  .meta({ id: 'ReadingsReport' });
export type ReadingsReport = z.infer<typeof ReadingsReport>;

export const ReadingsAnswer = z.union([Reading, ReadingsReport]).meta({ id: 'ReadingsAnswer' });
export type ReadingsAnswer = z.infer<typeof ReadingsAnswer>;

export const ReadingsQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  limit: limitUpTo(MAX_READINGS),
  cursor: z.string().optional(),
});
export type ReadingsQuery = z.infer<typeof ReadingsQuery>;

export const ReadingsPage = pageOf(Reading).meta({ id: 'ReadingsPage' });
export type ReadingsPage = z.infer<typeof ReadingsPage>;
