import * as z from 'zod';
import { Instant } from '../../../common/wire.js';
import { AlertPerson } from '../../alerts/alerts.schemas.js';

/** Somebody who is told of a patient's alerts where the chain says `followers`, or who could be. */
export const AlertFollower = z
  .object({
    person: AlertPerson,
    relation: z
      .enum(['clinician', 'grant', 'none'])
      .meta({ description: 'Why they may read the record. None: they no longer may, and are told nothing.' }),
    follows: z.boolean(),
    since: Instant.nullable(),
    addedBy: AlertPerson.nullable(),
    reachable: z.boolean().meta({ description: 'Whether they have a verified channel that works.' }),
  })
  .meta({ id: 'AlertFollower' });
export type AlertFollower = z.infer<typeof AlertFollower>;

export const AlertFollowerList = z
  .object({
    items: z.array(AlertFollower).meta({
      description:
        'Everybody who may read the record, for those who may change others; else who follows, and the caller. The person of the record is told as the patient and is not listed.',
    }),
    mayChangeOthers: z.boolean(),
  })
  .meta({ id: 'AlertFollowerList' });
export type AlertFollowerList = z.infer<typeof AlertFollowerList>;

/** `me` is the caller. */
export const FollowerId = z.union([z.literal('me'), z.uuid()]);
export type FollowerId = z.infer<typeof FollowerId>;
