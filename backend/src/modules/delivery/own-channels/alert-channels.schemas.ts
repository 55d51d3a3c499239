import * as z from 'zod';
import { Instant, MinuteOfDay, TimeZoneName } from '../../../common/wire.js';
import { AlertSeverity } from '../../alerts/alerts.schemas.js';
import { OUTCOME_CLASSES } from '../channels/delivery-channel.js';
import { isPushKey } from '../channels/push-encryption.js';

/** Hours of the channel's own clock in which only grave alerts are sent there. An end before the beginning runs over midnight. */
export const ChannelQuietHours = z
  .object({
    fromMinute: MinuteOfDay,
    toMinute: MinuteOfDay,
    least: AlertSeverity.meta({ description: 'What is still sent.' }),
  })
  .refine(({ fromMinute, toMinute }) => fromMinute !== toMinute, {
    path: ['toMinute'],
    message: 'Quiet hours need hours.',
  })
  .meta({ id: 'ChannelQuietHours' });

const label = z.string().trim().min(1).max(60);
const content = z
  .enum(['private', 'full'])
  .meta({ description: 'Full names the patient and the value, also on a locked screen.' });
const quietHours = z.array(ChannelQuietHours).max(6);
const timeZone = TimeZoneName.meta({ description: 'Of the quiet hours and of the times in messages.' });

const wishes = { label, timeZone, content: content.default('private'), quietHours: quietHours.default([]) };

const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64url');

/** As a browser gives it: `PushSubscription.toJSON()`. */
export const BrowserSubscription = z
  .object({
    endpoint: z.url().max(2_000),
    keys: z.object({
      p256dh: z.base64url().refine((text) => isPushKey(bytesOf(text)), 'No key of a browser.'),
      auth: z.base64url().refine((text) => bytesOf(text).length === 16, '16 bytes.'),
    }),
  })
  .meta({ id: 'BrowserSubscription' });

export const NewAlertChannel = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('email'),
      address: z.string().trim().toLowerCase().max(254).pipe(z.email()),
      ...wishes,
    }),
    z.object({ kind: z.literal('web-push'), subscription: BrowserSubscription, ...wishes }),
    z.object({ kind: z.literal('webhook'), url: z.url().max(2_000), ...wishes }),
  ])
  .meta({ id: 'NewAlertChannel' });
export type NewAlertChannel = z.infer<typeof NewAlertChannel>;

export const AlertChannelChange = z
  .object({ label, timeZone, content, quietHours })
  .partial()
  .meta({ id: 'AlertChannelChange' });
export type AlertChannelChange = z.infer<typeof AlertChannelChange>;

const Outcome = z.enum(OUTCOME_CLASSES);

export const AlertChannel = z
  .object({
    id: z.uuid(),
    kind: z.enum(['email', 'web-push', 'webhook']),
    label: z.string(),
    address: z.string().meta({ description: 'For its owner alone. Of a browser, the host of its push service.' }),
    content,
    quietHours: z.array(ChannelQuietHours),
    timeZone: z.string(),
    createdAt: Instant,
    verifiedAt: Instant.nullable().meta({ description: 'Nothing is sent to a channel before.' }),
    verification: z
      .object({
        codeSentAt: Instant.nullable().meta({ description: 'Null where the mail could not be sent.' }),
        codeExpiresAt: Instant.nullable(),
        attemptsLeft: z.int(),
        mayResendAt: Instant.nullable(),
      })
      .nullable()
      .meta({ description: 'Of an e-mail address that is still to be verified.' }),
    health: z.object({
      state: z.enum(['unverified', 'unused', 'ok', 'failing', 'disabled']),
      lastSuccessAt: Instant.nullable(),
      lastFailureAt: Instant.nullable(),
      lastFailure: Outcome.nullable(),
      consecutiveFailures: z.int(),
      disabledAt: Instant.nullable().meta({ description: 'When the other side said that it is gone.' }),
    }),
  })
  .meta({ id: 'AlertChannel' });
export type AlertChannel = z.infer<typeof AlertChannel>;

export const AlertChannelList = z.object({ items: z.array(AlertChannel) }).meta({ id: 'AlertChannelList' });
export type AlertChannelList = z.infer<typeof AlertChannelList>;

export const ChannelSecret = z.object({ secret: z.string() }).meta({ id: 'ChannelSecret' });
export type ChannelSecret = z.infer<typeof ChannelSecret>;

export const CreatedAlertChannel = AlertChannel.extend({
  secret: z.string().nullable().meta({ description: 'What a webhook is signed with.' }),
}).meta({ id: 'CreatedAlertChannel' });
export type CreatedAlertChannel = z.infer<typeof CreatedAlertChannel>;

export const ChannelCode = z
  .object({
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/, 'Six digits.'),
  })
  .meta({ id: 'ChannelCode' });
export type ChannelCode = z.infer<typeof ChannelCode>;

export const ChannelTest = z
  .object({ outcome: Outcome, milliseconds: z.int(), channel: AlertChannel })
  .meta({ id: 'ChannelTest' });
export type ChannelTest = z.infer<typeof ChannelTest>;

export const VapidKey = z
  .object({ publicKey: z.string().meta({ description: 'What a browser subscribes with, base64url.' }) })
  .meta({ id: 'VapidKey' });
export type VapidKey = z.infer<typeof VapidKey>;
