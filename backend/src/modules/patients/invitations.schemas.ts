import * as z from 'zod';
import { limitUpTo, pageOf } from '../../common/pagination.js';
import { Instant } from '../../common/wire.js';

export const InvitationRequest = z
  .object({
    email: z.string().trim().toLowerCase().max(254).pipe(z.email()).meta({
      description: 'Of the person the record is about. Whether it has an account yet makes no difference.',
    }),
  })
  .meta({ id: 'InvitationRequest' });
export type InvitationRequest = z.infer<typeof InvitationRequest>;

/** An invitation as the clinic sees it. */
export const Invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    state: z.enum(['pending', 'accepted', 'declined', 'withdrawn', 'expired']),
    createdAt: Instant,
    expiresAt: Instant,
    answeredAt: Instant.nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

export const NewInvitation = Invitation.extend({
  code: z.string().meta({ description: 'Shown this once. Hand it to the person; it is needed to accept.' }),
}).meta({ id: 'NewInvitation' });
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationPage = pageOf(Invitation).meta({ id: 'InvitationPage' });
export type InvitationPage = z.infer<typeof InvitationPage>;

/** An invitation as the invited sees it. Of the record it tells nothing: the address may be mistyped. */
export const ReceivedInvitation = z
  .object({ id: z.uuid(), organisationName: z.string(), createdAt: Instant, expiresAt: Instant })
  .meta({ id: 'ReceivedInvitation' });
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>;

export const ReceivedInvitationPage = pageOf(ReceivedInvitation).meta({ id: 'ReceivedInvitationPage' });
export type ReceivedInvitationPage = z.infer<typeof ReceivedInvitationPage>;

export const InvitationAcceptance = z
  .object({
    code: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z -]{12,40}$/)
      .meta({ description: 'As the clinic handed it over.' }),
  })
  .meta({ id: 'InvitationAcceptance' });
export type InvitationAcceptance = z.infer<typeof InvitationAcceptance>;

export const InvitationListQuery = z.object({ limit: limitUpTo(1_000), cursor: z.string().optional() });
export type InvitationListQuery = z.infer<typeof InvitationListQuery>;
