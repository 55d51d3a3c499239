import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { type Channels, CHANNELS } from './channels/channels.js';
import { EmailChannel } from './channels/email.channel.js';
import { LiveChannel } from './channels/live.channel.js';
import { Mailer } from './channels/mailer.js';
import { WebPushChannel } from './channels/web-push.channel.js';
import { WebhookChannel } from './channels/webhook.channel.js';
import { DeliveryService } from './delivery.service.js';
import { PlannerService } from './planning/planner.service.js';
import { PlansRepository } from './planning/plans.repository.js';
import { RecipientsRepository } from './planning/recipients.repository.js';
import { AttemptService } from './sending/attempt.service.js';
import { DeliveriesRepository } from './sending/deliveries.repository.js';
import { SenderService } from './sending/sender.service.js';

@Module({
  imports: [AlertsModule],
  providers: [
    {
      provide: CHANNELS,
      inject: [LiveChannel, EmailChannel, WebPushChannel, WebhookChannel],
      useFactory: (
        live: LiveChannel,
        email: EmailChannel,
        push: WebPushChannel,
        webhook: WebhookChannel,
      ): Channels => ({
        live,
        email,
        'web-push': push,
        webhook,
      }),
    },
    AttemptService,
    DeliveriesRepository,
    DeliveryService,
    EmailChannel,
    LiveChannel,
    Mailer,
    PlannerService,
    PlansRepository,
    RecipientsRepository,
    SenderService,
    WebPushChannel,
    WebhookChannel,
  ],
  exports: [DeliveryService],
})
export class DeliveryModule {}
