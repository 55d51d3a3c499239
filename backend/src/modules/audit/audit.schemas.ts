import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';

export const AuditEntry = z
  .object({
    at: Instant,
    actor: z.object({ id: z.uuid(), displayName: z.string() }),
    action: z.string().meta({ description: 'What was asked for, as in `GET /patients/{patientId}/metrics`.' }),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = pageOf(AuditEntry).meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditQuery = z.object({
  from: Instant.optional(),
  to: Instant.optional(),
  limit: limitUpTo(1_000),
  cursor: z.string().optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
