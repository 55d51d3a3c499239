import { Injectable } from '@nestjs/common';
import { DeliveryChannel, type OutcomeClass } from './delivery-channel.js';

/** The open page. Whoever may read the patient hears of an alert through the live stream as soon as it is stored. */
@Injectable()
export class LiveChannel extends DeliveryChannel {
  readonly kind = 'live';

  override async send(): Promise<OutcomeClass> {
    return 'delivered';
  }
}
