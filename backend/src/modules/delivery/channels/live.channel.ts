import { Injectable } from '@nestjs/common';
import * as z from 'zod';
import { DeliveryChannel, type OutcomeClass } from './delivery-channel.js';

const Target = z.object({ shown: z.boolean() });

/**
 * The open page. Whoever may read the patient is sent an alert by the live stream as soon as it is stored; this looks
 * whether a stream of the person was.
 */
@Injectable()
export class LiveChannel extends DeliveryChannel {
  readonly kind = 'live';

  override async send(_channelId: string, target: unknown): Promise<OutcomeClass> {
    return Target.parse(target).shown ? 'delivered' : 'no-page';
  }
}
