import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { type AlertMessage, DeliveryChannel, type OutcomeClass } from './delivery-channel.js';
import { Mailer } from './mailer.js';

const Target = z.object({ address: z.string() });

@Injectable()
export class EmailChannel extends DeliveryChannel {
  readonly kind = 'email';

  constructor(private readonly mailer: Mailer) {
    super();
  }

  override async send(_channelId: string, target: unknown, message: AlertMessage): Promise<OutcomeClass> {
    const { idempotencyKey: id, title: subject, text, url, severity } = message;
    const { address: to } = Target.parse(target);
    return this.mailer.send({ id, to, subject, text: `${text}\n\n${url}\n`, urgent: severity === 'urgent' });
  }
}
