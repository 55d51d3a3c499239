import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';

const Role = z.enum(['clinician', 'admin']);

export const OrganisationRequest = z
  .object({ name: z.string().trim().min(1).max(200) })
  .meta({ id: 'OrganisationRequest' });
export type OrganisationRequest = z.infer<typeof OrganisationRequest>;

export const Organisation = z
  .object({
    id: z.uuid(),
    name: z.string(),
    roles: z.array(Role).meta({ description: 'The roles of the caller in it.' }),
    createdAt: Instant,
  })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationPage = pageOf(Organisation).meta({ id: 'OrganisationPage' });
export type OrganisationPage = z.infer<typeof OrganisationPage>;

export const Member = z
  .object({
    userId: z.uuid(),
    email: z.string(),
    displayName: z.string(),
    roles: z.array(Role),
    joinedAt: Instant,
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const MemberPage = pageOf(Member).meta({ id: 'MemberPage' });
export type MemberPage = z.infer<typeof MemberPage>;

export const MemberRequest = z
  .object({ email: z.string().trim().toLowerCase().min(1).max(254), role: Role })
  .meta({ id: 'MemberRequest' });
export type MemberRequest = z.infer<typeof MemberRequest>;

export const MemberChange = z.object({ roles: z.array(Role).min(1).max(2) }).meta({ id: 'MemberChange' });
export type MemberChange = z.infer<typeof MemberChange>;

export const OrganisationListQuery = z.object({ limit: limitUpTo(1_000), cursor: z.string().optional() });
export type OrganisationListQuery = z.infer<typeof OrganisationListQuery>;
