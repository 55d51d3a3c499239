import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { type AddressRules, guardedPost } from './guarded-post.js';
import { type AlertMessage, DeliveryChannel, type OutcomeClass } from './delivery-channel.js';

const Target = z.object({ url: z.string() });
export type WebhookTarget = z.infer<typeof Target>;

/** What addresses may be called, as this installation was told. */
export const addressRulesOf = ({ NODE_ENV, WEBHOOK_ALLOW_PRIVATE }: Environment): AddressRules => ({
  allowHttp: NODE_ENV !== 'production',
  allowPrivate: WEBHOOK_ALLOW_PRIVATE,
});

/** The secret a webhook is signed with. It follows from `SECRET_KEY` and the channel, so no copy of it is stored. */
export const webhookSecret = (secretKey: string, channelId: string): string =>
  `whsec_${Buffer.from(hkdfSync('sha256', secretKey, channelId, 'alert-webhook', 32)).toString('base64url')}`;

/** `sha256=` and the HMAC of `timestamp.body`, in hexadecimal. */
export const webhookSignature = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

/** A signed POST to an address that a person entered. The headers are described in `docs/alert-delivery.md`. */
@Injectable()
export class WebhookChannel extends DeliveryChannel {
  readonly kind = 'webhook';

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    super();
  }

  override async send(channelId: string, target: unknown, message: AlertMessage): Promise<OutcomeClass> {
    const { url } = Target.parse(target);
    const { kind, severity, title, text, alertId, sentAt, expiresAt } = message;
    const body = JSON.stringify({
      id: message.idempotencyKey,
      kind,
      severity,
      title,
      text,
      alertId,
      url: message.url,
      expiresAt: expiresAt.toISOString(),
    });
    const timestamp = String(Math.floor(sentAt.getTime() / 1000));
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'GlucoLens',
      'idempotency-key': message.idempotencyKey,
      'glucolens-timestamp': timestamp,
      'glucolens-signature': webhookSignature(webhookSecret(this.environment.SECRET_KEY, channelId), timestamp, body),
    };
    return guardedPost(url, { headers, body: Buffer.from(body) }, addressRulesOf(this.environment));
  }
}
