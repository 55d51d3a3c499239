import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';

const Scope = z.enum(['read', 'write']);

export const PatientGrant = z
  .object({
    id: z.uuid(),
    grantee: z.object({ id: z.uuid(), displayName: z.string(), email: z.string() }),
    scope: Scope,
    validFrom: Instant,
    validUntil: Instant,
    state: z.enum(['pending', 'live', 'expired', 'revoked']),
    createdAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'PatientGrant' });
export type PatientGrant = z.infer<typeof PatientGrant>;

export const PatientGrantPage = pageOf(PatientGrant).meta({ id: 'PatientGrantPage' });
export type PatientGrantPage = z.infer<typeof PatientGrantPage>;

export const GrantRequest = z
  .object({
    email: z.string().trim().toLowerCase().min(1).max(254).meta({ description: 'Of the account that may look.' }),
    scope: Scope.default('read'),
    validFrom: Instant.optional().meta({ description: 'Now where left out.' }),
    validUntil: Instant.optional().meta({ description: 'A year after the beginning where left out.' }),
  })
  .meta({ id: 'GrantRequest' });
export type GrantRequest = z.infer<typeof GrantRequest>;

export const GrantChange = z
  .object({ scope: Scope.optional(), validFrom: Instant.optional(), validUntil: Instant.optional() })
  .meta({ id: 'GrantChange' });
export type GrantChange = z.infer<typeof GrantChange>;

export const GrantListQuery = z.object({ limit: limitUpTo(1_000), cursor: z.string().optional() });
export type GrantListQuery = z.infer<typeof GrantListQuery>;
