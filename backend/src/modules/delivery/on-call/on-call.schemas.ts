import * as z from 'zod';
import { Instant } from '../../../common/wire.js';
import { AlertPerson } from '../../alerts/alerts.schemas.js';

const reachable = z.boolean().meta({ description: 'Whether the person has a verified channel that works.' });

export const OnCallShift = z
  .object({
    id: z.uuid(),
    person: AlertPerson,
    startsAt: Instant,
    endsAt: Instant,
    counts: z
      .boolean()
      .meta({ description: 'False where the person is no clinician here any more: nobody is called.' }),
    reachable,
  })
  .meta({ id: 'OnCallShift' });
export type OnCallShift = z.infer<typeof OnCallShift>;

export const OnCallRota = z
  .object({
    from: Instant,
    to: Instant,
    shifts: z
      .array(OnCallShift)
      .meta({ description: 'Those that touch the range, by their beginning; 1,000 at most.' }),
    now: z
      .array(z.object({ person: AlertPerson, until: Instant, reachable }))
      .meta({ description: 'Who is on call at this moment, and may be called.' }),
    gaps: z
      .array(z.object({ from: Instant, to: Instant }))
      .meta({ description: 'When nobody is on call between now and `gapsUntil`, whatever the range.' }),
    gapsUntil: Instant,
    clinicians: z.array(AlertPerson.extend({ reachable })).meta({ description: 'Who can be put on the rota.' }),
  })
  .meta({ id: 'OnCallRota' });
export type OnCallRota = z.infer<typeof OnCallRota>;

export const OnCallQuery = z.object({
  from: Instant.optional().meta({ description: 'A day ago unless told.' }),
  to: Instant.optional().meta({ description: 'In fourteen days unless told; at most 92 days after `from`.' }),
});
export type OnCallQuery = z.infer<typeof OnCallQuery>;

const shift = { userId: z.uuid(), startsAt: Instant, endsAt: Instant };

export const NewOnCallShift = z.object(shift).meta({ id: 'NewOnCallShift' });
export type NewOnCallShift = z.infer<typeof NewOnCallShift>;

export const OnCallShiftChange = z.object(shift).partial().meta({ id: 'OnCallShiftChange' });
export type OnCallShiftChange = z.infer<typeof OnCallShiftChange>;
