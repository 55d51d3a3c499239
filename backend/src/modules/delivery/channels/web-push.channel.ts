import { Inject, Injectable } from '@nestjs/common';
import * as z from 'zod';
import { ENVIRONMENT, type Environment } from '../../../config/environment.js';
import { type AlertMessage, DeliveryChannel, type OutcomeClass } from './delivery-channel.js';
import { guardedPost } from './guarded-post.js';
import { encryptPush } from './push-encryption.js';
import { vapidAuthorization, vapidKeys, type VapidKeys } from './vapid.js';
import { addressRulesOf } from './webhook.channel.js';

const Target = z.object({ endpoint: z.string(), p256dh: z.string(), auth: z.string() });

/** A message to a browser, by the push service that the browser named. Neither it nor anybody on the way can read it. */
@Injectable()
export class WebPushChannel extends DeliveryChannel {
  readonly kind = 'web-push';
  private readonly keys: VapidKeys;

  constructor(@Inject(ENVIRONMENT) private readonly environment: Environment) {
    super();
    this.keys = vapidKeys(environment.SECRET_KEY, environment.VAPID_PRIVATE_KEY);
  }

  /** What browsers subscribe with. */
  get publicKey(): string {
    return this.keys.publicKey;
  }

  override async send(_channelId: string, target: unknown, message: AlertMessage): Promise<OutcomeClass> {
    const { endpoint, p256dh, auth } = Target.parse(target);
    const { idempotencyKey, kind, severity, title, text, url, alertId, sentAt, expiresAt } = message;
    const plain = Buffer.from(JSON.stringify({ id: idempotencyKey, kind, severity, title, text, url, alertId }));
    const keys = { p256dh: Buffer.from(p256dh, 'base64url'), auth: Buffer.from(auth, 'base64url') };
    const subject = this.environment.VAPID_SUBJECT ?? this.environment.PUBLIC_URL;
    const headers = {
      authorization: vapidAuthorization(this.keys, { endpoint, subject, now: sentAt }),
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(Math.max(0, Math.floor((expiresAt.getTime() - sentAt.getTime()) / 1000))),
      urgency: severity === 'info' ? 'normal' : 'high',
      // A repeat, and what is said later of the same alert, takes the place of what has not been shown yet.
      topic: (alertId ?? idempotencyKey).replaceAll('-', ''),
    };
    const body = encryptPush(plain, keys);
    return guardedPost(endpoint, { headers, body }, addressRulesOf(this.environment), [404, 410]);
  }
}
